#include <fusebox/errors/phrases.h>

namespace fusebox::errors {

namespace {

using enum domain::Category;

constexpr PhraseLine kDataValidation[] = {
    // rules of the data
    {dataValidation, 9, 9,
     "validation failed | validation error | validation failure | validation | failed validation | "
     "not validate | constraint violation | violates | violation of | check constraint | integrity constraint | "
     "unique constraint | unique violation | foreign key | duplicate key | duplicate entry | duplicate value | "
     "unique key | primary key | not null constraint | constraint fails | constraint failed"},
    {dataValidation, 8, 8,
     "data integrity violation | null value | cannot be null | cant be null | must not be null | "
     "may not be null | value cannot be null | cannot insert null | must not be empty | cannot be empty | "
     "cannot be blank | cant be blank | is not allowed to be empty"},
    // form and type
    {dataValidation, 9, 8,
     "bad request | malformed | invalid argument | illegal argument | invalid parameter | invalid value | "
     "bad value | illegal value | invalid input | invalid request | invalid data | invalid format | "
     "invalid json | invalid xml | invalid field | invalid expression | bad argument | bad parameter | "
     "bad format | bad data | not valid json | invalid character | invalid syntax | invalid literal | "
     "invalid utf | invalid byte sequence | invalid encoding | incorrect string value | untranslatable | "
     "invalid start byte | cant decode | invalid date | invalid datetime | invalid time zone | "
     "invalid timestamp | invalid uuid | invalid email | invalid url | invalid enum | invalid number | "
     "invalid integer | invalid boolean | invalid length | invalid identifier | incorrect integer value | "
     "invalid header | incorrect padding | incorrect header | bad magic | invalid magic | not well formed | "
     "not well formed invalid token | ill formed | invalid escape | invalid regex | invalid image | "
     "not a zip file | not in gzip format | cannot identify image | illegal base64 | correct format | "
     "does not match format | not match pattern | match the pattern | expected format"},
    {dataValidation, 8, 8,
     "invalid input syntax | cast | type mismatch | wrong type | wrongtype | datatype mismatch | "
     "mismatched input | parse error | failed to parse | cannot parse | could not parse | cant parse | "
     "unable to parse | parsing error | error parsing | parsing | unparseable | parse exception | "
     "unexpected token | unexpected character | unexpected end of json | unterminated | expecting value | "
     "extra data | did not find expected | cannot start any token | mapping values are not allowed | "
     "cannot deserialize | deserializ* | unmarshal* | cannot unmarshal | decoding | decode error | "
     "failed to decode | decompressing | conversion failed | cannot convert | could not convert | "
     "failed to convert | cannot be converted | not a number | convert string | for input string | "
     "expected string | expected number | expected a | received undefined | looking for beginning of value | "
     "cast to"},
    // measure
    {dataValidation, 8, 8,
     "out of range | out of bounds | overflow | underflow | division by zero | divide by zero | numeric value | "
     "too long | too large | too short | too small | too big | exceeds the maximum | exceeds maximum | "
     "exceeds max | message size exceeds | entity too large | payload too large | content too large | "
     "message too large | message too long | too many bytes | too many characters | too many items | "
     "too many columns | too many arguments | larger than | longer than | greater than | less than | "
     "data too long | truncated | truncation | maximum length | maximum context length | context length | "
     "reduce the length | size limit exceeded | max size | maximum size | result window"},
    // what must be there
    {dataValidation, 8, 8,
     "missing required | required field | is required | are required | field required | required parameter | "
     "required property | body is missing"},
    {dataValidation, 7, 7,
     "unknown field | unrecognized field | unrecognized | unexpected field | additional properties | must be | "
     "must not be | must have | must contain | must match | should be | should have | should match | is empty | "
     "not a valid | is not valid | not valid | is invalid | are invalid | isnt valid | unprocessable | "
     "must provide | must specify | at least one | is not one of | not in the list | is incorrect"},
    {dataValidation, 7, 6,
     "checksum mismatch | digest mismatch | md5 mismatch | bad digest | checksum | encoding | bad csr | base64 | "
     "utf 8"},
    {dataValidation, 7, 4,
     "invalid | illegal | missing | duplicate | incorrect | malform* | incomplete | ambiguous | inconsistent"},
    {dataValidation, 6, 0, "bad"},
    {dataValidation, 6, 3, "format | parameter | argument | mismatch | required | parse | syntax | empty | schema"},
    // what programs and tools say
    {dataValidation, 8, 8,
     "expected one of | fields in line | tokenizing | error validating | validating | extra fields | "
     "allowed value | allowed values | enter a valid | valid email | may not be blank | already been taken | "
     "bigger than | too large body | hash sum | do not match the hashes | values to unpack | unknown timezone | "
     "unknown time zone | unknown locale | unknown encoding | shapes | size mismatch | could not be parsed | "
     "is of type | not an integer | not unique | more than one row | crc error | bad crc | valid utc | "
     "incorrect number of | must begin with | must start with | must end with | not a valid date | "
     "only contain | not in range | invalid cast"},
    // weak
    {dataValidation, 3, 4, "does not match | not match | length | expected"},
    // how descriptions put it
    {dataValidation, 7, 7,
     "violation | more than once | fails to satisfy | unacceptable | syntactically | cant be parsed | "
     "cannot be parsed | exceed the maximum | size exceeded | maximum file size | file size | "
     "not in repertoire | floating point exception | bad address | substring | unfit | unexpected operator | "
     "null supplied | explicit value | parameter values that differ | row count in result | not conform"},
};

}  // namespace

std::span<const PhraseLine> dataValidationPhrases() {
    return kDataValidation;
}

}  // namespace fusebox::errors
