import { Ajv, type ErrorObject } from "ajv";

/** Judges values by the schemas of one OpenAPI 3.0 document. */
export class JsonSchemaReferee {
  readonly #ajv = new Ajv({
    // OpenAPI has keywords of its own (example, xml), and formats that JSON Schema leaves open (int64).
    strict: false,
    validateFormats: false,
    allErrors: true,
  });

  constructor(openApiDocument: object) {
    this.#ajv.addSchema(openApiDocument, "document");
  }

  /** What is wrong with the value by the schema at this place ("/components/schemas/IssueBean"), empty when nothing is. */
  objections(value: unknown, place: string): string[] {
    const validate = this.#ajv.compile({ $ref: `document#${place}` });
    if (validate(value)) return [];
    return (validate.errors ?? []).map(inWords);
  }
}

function inWords({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}
