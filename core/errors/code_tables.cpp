#include <fusebox/errors/code_tables.h>

namespace fusebox::errors {

std::vector<CodeTable> allCodeTables() {
    std::vector<CodeTable> all;
    // Types first: where a type and a code share a name, everywhere means the type.
    for (const auto& family : {typeNames(), systemCodes(), transportCodes(), sqlStateCodes(), mysqlCodes(),
                               sqlServerCodes(), databaseCodes(), storeCodes(), brokerCodes(), mongoCodes(), awsCodes(),
                               cloudCodes(), serviceCodes(), mailCodes(), httpCodes()}) {
        all.insert(all.end(), family.begin(), family.end());
    }
    return all;
}

}  // namespace fusebox::errors
