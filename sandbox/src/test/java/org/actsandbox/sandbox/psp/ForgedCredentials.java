package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.protocol.identity.SignedJson;
import tools.jackson.databind.node.ObjectNode;

/** Makes credentials and status lists as an attacker would send them. */
final class ForgedCredentials {

  private ForgedCredentials() {}

  /** Changes the text of one part of the credential. */
  static void part(ObjectNode request, int number, UnaryOperator<String> change) {
    var parts = parts(request);
    var plain = new String(Base64.getUrlDecoder().decode(parts[number]), StandardCharsets.UTF_8);
    var changed = change.apply(plain);
    assertThat(changed).isNotEqualTo(plain);
    parts[number] = base64Url(changed.getBytes(StandardCharsets.UTF_8));
    put(request, parts);
  }

  /** Signs with the delegator's public key as a shared secret. */
  static void hmac(DelegationBench delegations, ObjectNode request) {
    part(request, 0, text -> text.replace("EdDSA", "HS256"));
    var parts = parts(request);
    var jwk = delegations.pspTestBench.publicKey(PspTestBench.PRINCIPAL.key(1)).orElseThrow().jwk();
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(jwk.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      var input = parts[0] + "." + parts[1];
      parts[2] = base64Url(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
    put(request, parts);
  }

  static void unsigned(ObjectNode request) {
    part(request, 0, text -> text.replace("EdDSA", "none"));
    var parts = parts(request);
    parts[2] = "";
    put(request, parts);
  }

  /** Signs the principal's credential with the agent's own key. */
  static void byTheAgent(DelegationBench delegations, ObjectNode request) {
    part(
        request, 0, text -> text.replace(PspTestBench.PRINCIPAL.key(1), PspTestBench.AGENT.key(1)));
    var parts = parts(request);
    var input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    parts[2] = base64Url(delegations.pspTestBench.signer(PspTestBench.AGENT).sign(input));
    put(request, parts);
  }

  /** Writes the same signature in another text: base64url of 64 bytes leaves four bits unused. */
  static void spareBits(ObjectNode request) {
    var parts = parts(request);
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = parts[2].length() - 1;
    char next = alphabet.charAt(alphabet.indexOf(parts[2].charAt(last)) + 1);
    parts[2] = parts[2].substring(0, last) + next;
    put(request, parts);
  }

  /** Returns an answer of the past, or of the future for a negative duration. */
  static UnaryOperator<ObjectNode> aged(DelegationBench delegations, Duration by) {
    return answer ->
        signed(
            delegations,
            answer.put(
                "issued_at",
                Instant.parse(answer.path("issued_at").stringValue()).minus(by).toString()));
  }

  static UnaryOperator<ObjectNode> named(DelegationBench delegations, String listId) {
    return answer -> signed(delegations, answer.put("list_id", listId));
  }

  private static ObjectNode signed(DelegationBench delegations, ObjectNode answer) {
    return SignedJson.sign(answer, delegations.pspTestBench.signer(PspTestBench.STATUS));
  }

  private static String[] parts(ObjectNode request) {
    return request.path("iac").stringValue().split("\\.", -1);
  }

  private static void put(ObjectNode request, String[] parts) {
    request.put("iac", String.join(".", parts));
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
