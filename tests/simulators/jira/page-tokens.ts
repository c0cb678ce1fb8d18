/** Opaque page tokens. One belongs to the request that it continues, and may be used again after a broken answer. */
export class PageTokens {
  readonly #places = new Map<string, { readonly request: string; readonly offset: number }>();

  give(request: string, offset: number): string {
    const token = Buffer.from(`${this.#places.size}:${offset}`).toString("base64url");
    this.#places.set(token, { request, offset });
    return token;
  }

  /** Where to go on; 0 without a token, undefined for a token that this request did not get. */
  offset(token: string | undefined, request: string): number | undefined {
    if (token === undefined) return 0;
    const place = this.#places.get(token);
    return place?.request === request ? place.offset : undefined;
  }
}
