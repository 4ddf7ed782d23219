package org.actsandbox.web.console.delegations;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows a compact VC-JWT field by field. The credential was verified before.
 *
 * @param pretty the payload, indented for reading
 * @param canonical the signed payload byte for byte, RFC 8785 (ACT ADD-4)
 */
record CredentialView(
    String compact,
    String header,
    String pretty,
    String canonical,
    int bytes,
    String signature,
    String signerId) {

  private static final ObjectWriter PRETTY = JsonMapper.shared().writerWithDefaultPrettyPrinter();

  static CredentialView of(String compact) {
    var parts = compact.split("\\.", -1);
    var header = Json.parse(decoded(parts[0]));
    var canonical = decoded(parts[1]);
    return new CredentialView(
        compact,
        PRETTY.writeValueAsString(header),
        PRETTY.writeValueAsString(Json.parse(canonical)),
        canonical,
        canonical.getBytes(StandardCharsets.UTF_8).length,
        parts[2],
        header.path("kid").asString(""));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
