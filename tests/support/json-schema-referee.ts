import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";

/** Judges values by the schemas of one OpenAPI 3.0 document. */
export class JsonSchemaReferee {
  readonly #ajv = new Ajv({
    // OpenAPI has keywords of its own (example, xml), and formats that JSON Schema leaves open (int64).
    strict: false,
    validateFormats: false,
    allErrors: true,
  });

  readonly #validateByPlace = new Map<string, ValidateFunction>();

  constructor(openApiDocument: object) {
    this.#ajv.addSchema(openApiDocument, "document");
  }

  /** What is wrong with the value by the schema at this place ("/components/schemas/IssueBean"), empty when nothing is. */
  objections(value: unknown, place: string): string[] {
    const validate = this.#validateByPlace.get(place) ?? this.#ajv.compile({ $ref: `document#${place}` });
    this.#validateByPlace.set(place, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(inWords);
  }
}

function inWords({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}
