package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The anchor on the wire: a compact JWS signed by its submitter (ACT TSD-4). */
public final class AnchorCodec {

  public static final String TYPE = "act-anchor+jws";

  /** Ours: ten identifiers and two digests. */
  public static final int MAX_LENGTH = 3072;

  /** Everybody in the world may read the anchor. */
  public static final String SHARED = "shared";

  private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}]{1,128}");
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9:.-]{0,79}");

  private AnchorCodec() {}

  /** An anchor whose form and signature are good. */
  public record VerifiedAnchor(String compact, Anchor anchor, String signerId) {}

  public static String sign(Anchor anchor, Signer submitter) {
    if (!submitter.did().equals(anchor.submitter())) {
      throw new IllegalArgumentException("the submitter signs");
    }
    return CompactJws.sign(TYPE, (ObjectNode) Json.tree(anchor), submitter);
  }

  /**
   * The anchor, its signature not yet looked at.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Anchor read(String compact) {
    return anchor(CompactJws.read(TYPE, compact, MAX_LENGTH));
  }

  /**
   * @throws IllegalArgumentException saying what is wrong: form, key, or signature
   */
  public static AnchorCodec.VerifiedAnchor verify(String compact, KeyHistory keys) {
    var jws = CompactJws.read(TYPE, compact, MAX_LENGTH);
    var anchor = anchor(jws);
    var key =
        key(jws.signerId(), Instant.ofEpochSecond(anchor.iat()), keys)
            .orElseThrow(
                () -> new IllegalArgumentException("no key " + jws.signerId() + " was valid then"));
    if (!Did.ofSigner(jws.signerId()).equals(anchor.submitter())) {
      throw new IllegalArgumentException("the anchor is not signed by its submitter");
    }
    if (!jws.isSignedBy(key)) {
      throw new IllegalArgumentException("the signature does not match");
    }
    return new AnchorCodec.VerifiedAnchor(compact, anchor, jws.signerId());
  }

  /** {@code iat} counts whole seconds: a key that came within that second is good, too. */
  private static Optional<VerificationKey> key(String signerId, Instant second, KeyHistory keys) {
    return keys.find(signerId, second).or(() -> keys.find(signerId, second.plusMillis(999)));
  }

  private static Anchor anchor(CompactJws jws) {
    try {
      var anchor = Json.read(jws.payload(), Anchor.class);
      if (!Arrays.equals(
          CanonicalJson.bytes(Json.tree(anchor)), CanonicalJson.bytes(jws.payload()))) {
        throw new IllegalArgumentException("the anchor says something this version does not know");
      }
      check("record_id", ID, anchor.recordId());
      check("intent_id", ID, anchor.intentId());
      check("payload_hash", HASH, anchor.payloadHash());
      check("privacy_channel", CHANNEL, anchor.privacyChannel());
      check(
          "ext." + Anchor.RECORD_DIGEST, HASH, anchor.ext().getOrDefault(Anchor.RECORD_DIGEST, ""));
      if (anchor.ext().size() != 1
          || HashAlgorithm.find(anchor.hashAlgorithm()).isEmpty()
          || !anchor.version().equals(OffChainRecord.VERSION)
          || !anchor.eventType().isComplete(anchor.links())) {
        throw new IllegalArgumentException(
            "version, hash_algorithm, ext or an identifier its event must carry");
      }
      optional("delegation_id", anchor.delegationId());
      optional("order_no", anchor.orderNo());
      optional("trade_no", anchor.tradeNo());
      return anchor;
    } catch (JacksonException | NullPointerException unreadable) {
      throw new IllegalArgumentException("a field of the anchor has the wrong form", unreadable);
    }
  }

  private static void optional(String field, @Nullable String value) {
    if (value != null) {
      check(field, ID, value);
    }
  }

  private static void check(String field, Pattern form, String value) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(field + " has the wrong form");
    }
  }
}
