package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Makes the example of docs/evidence.md again and compares it with the document. */
class EvidenceExampleTests {

  private static final Path DOCUMENT = Path.of("../docs/evidence.md");
  private static final Did SHOP = Did.of("shop");

  @Test
  void theDocumentShowsTheBytesThatTheCodeMakes() throws IOException {
    var document = Files.readString(DOCUMENT);
    example()
        .forEach(
            (what, value) -> assertThat(document).as(what).contains("\n" + what + "\n  " + value));
  }

  private static Map<String, String> example() {
    // The key of this example only: 32 bytes of value one.
    var seed = new byte[32];
    java.util.Arrays.fill(seed, (byte) 1);
    var shop = new Ed25519KeyPair(SHOP.key(1), seed);
    var salt = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    var record =
        OffChainRecord.of(
            new AttestationEvent(
                EventType.CART_CONFIRMED,
                TestRecords.NOW,
                new RecordLinks("I-1", null, "S-1", null),
                List.of(Party.of(SHOP, Party.Role.MERCHANT)),
                Json.object().put("total", "39.90").put("currency", "CNY")),
            new OffChainRecord.Creation(
                "E-1", TestRecords.NOW.plusSeconds(2), List.of(), salt, HashAlgorithm.SHA_256),
            shop);
    var content = Json.object();
    content.set("event_body", record.eventBody());
    content.set("participants", Json.tree(record.participants()));
    var anchor =
        AnchorCodec.sign(
            Anchor.of(record, SHOP, AnchorCodec.SHARED, TestRecords.NOW.plusSeconds(3)), shop);
    var head =
        TreeHead.sign(
            "did:act:shop/test/0",
            1,
            InclusionProof.leafHash(anchor),
            TestRecords.NOW.plusSeconds(4),
            shop);
    var lines = new LinkedHashMap<String, String>();
    lines.put("private key (Ed25519 seed, hex)", HexFormat.of().formatHex(seed));
    lines.put(
        "public key, as in keys.json", CanonicalJson.text(Json.parse(shop.publicKey().jwk())));
    lines.put("digest of the key", BundleCheck.fingerprint(shop.publicKey()));
    lines.put("salt (hex)", HexFormat.of().formatHex(salt));
    lines.put("hashed: these bytes, then the 16 bytes of the salt", CanonicalJson.text(content));
    lines.put("payload_hash", record.payloadHash());
    lines.put("signed bytes of the record", text(record.signedBytes()));
    lines.put("signature_value", record.signatures().getFirst().signatureValue());
    lines.put("records/001-cart-confirmed.json", CanonicalJson.text(Json.tree(record)));
    lines.put("record_digest", record.recordDigest());
    lines.put("anchor", anchor);
    lines.put("its payload", CanonicalJson.text(Json.tree(AnchorCodec.read(anchor))));
    lines.put(
        "leaf hash, and the root of a chain of one",
        Base64Url.encode(InclusionProof.leafHash(anchor)));
    lines.put("signed bytes of chain/head.json", text(SignedJson.signedBytes(Json.tree(head))));
    lines.put("chain/head.json", CanonicalJson.text(Json.tree(head)));
    return lines;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
