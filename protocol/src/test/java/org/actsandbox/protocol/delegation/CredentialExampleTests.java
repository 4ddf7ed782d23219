package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Makes the example of docs/delegation.md again and compares it byte for byte. */
class CredentialExampleTests {

  /** The secret key of RFC 8032, section 7.1, TEST 1. */
  private static final byte[] SEED =
      HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

  private static final Ed25519KeyPair KEY = new Ed25519KeyPair("did:act:principal#key-1", SEED);
  private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");

  private static final String ISR =
      """
      {"agent_id":"did:act:demo-agent","allowed_payment_methods":["balance"],\
      "conversation_history":{"user_intent_raw":"One red umbrella, at most 80 yuan"},\
      "currency":"CNY","delegation_mode":"SPECIFIED",\
      "ext":{"vendor_private":{"targets":[{"attributes":["red"],"kind":"shop","quantity":1,"what":"umbrella"}]}},\
      "intent_id":"I-1","max_total_amount":80,"validity_end_time":"2026-01-09T00:00:00Z",\
      "validity_start_time":"2026-01-05T00:00:00Z"}""";

  @Test
  void theDocumentShowsTheseBytes() throws IOException {
    var isr = Json.parse(ISR);
    var canonicalIsr = new String(CanonicalJson.bytes(isr), StandardCharsets.UTF_8);
    assertThat(canonicalIsr).isEqualTo(ISR);
    var isrDigest = RequestFingerprint.digest(CanonicalJson.bytes(isr));
    var payload =
        IacPayload.select(Json.read(isr, Isr.class), "D-1", Did.of("principal"), isrDigest)
            .confirmed("payment_pin", AT);
    var status =
        new Iac.StatusReference(URI.create("http://localhost:8080/w/demo/delegations/status/0"), 5);
    var iac = IacCodec.issue(payload, status, AT, RequestFingerprint.digest(new byte[0]), KEY);
    var parts = iac.compact().split("\\.", -1);
    var list =
        StatusList.of(
            "0",
            AT,
            Map.of(
                0,
                DelegationState.ACTIVE,
                1,
                DelegationState.SUSPENDED,
                5,
                DelegationState.ACTIVE,
                6,
                DelegationState.REVOKED));
    var lines =
        """
        isr                (RFC 8785)     %s
        source_isr_digest                 %s
        header             (RFC 8785)     %s
        payload            (RFC 8785)     %s
        credential                        %s
        iac_digest                        %s
        status list        first 2 bytes  %s"""
            .formatted(
                canonicalIsr,
                isrDigest,
                text(parts[0]),
                text(parts[1]),
                iac.compact(),
                iac.digest(),
                HexFormat.of().formatHex(Base64.getUrlDecoder().decode(list.bits()), 0, 2));
    assertThat(Files.readString(Path.of("..", "docs", "delegation.md"))).contains(lines);
    assertThat(IacCodec.verify(iac.compact(), KeySet.of(List.of(KEY.publicKey()))).payload())
        .isEqualTo(payload);
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
