package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Signs, reads and verifies anchors, which are compact JWS of their submitter (ACT TSD-4). */
public final class AnchorCodec {

  public static final String TYPE = "act-anchor+jws";

  /** Ours, in characters: room for ten identifiers and two digests. */
  public static final int MAX_LENGTH = 3072;

  /** The privacy channel of anchors that all participants of the world may read. */
  public static final String SHARED = "shared";

  private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}]{1,128}");
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9:.-]{0,79}");

  /** Number of anchors that are remembered from their signing until they are submitted. */
  private static final int MAX_MADE = 512;

  /**
   * Anchors that this process has signed, as reading them would give them, by their text. The chain
   * verifies an anchor once, so each is forgotten then and does not outlive collection after
   * collection.
   */
  private static final Map<String, MadeAnchor> MADE = new ConcurrentHashMap<>();

  private record MadeAnchor(CompactJws jws, Anchor anchor) {}

  private AnchorCodec() {}

  /**
   * An anchor after verification of its form and signature.
   *
   * @param compact the compact JWS as it was received
   * @param signerId the key that signed it
   */
  public record VerifiedAnchor(String compact, Anchor anchor, String signerId) {}

  /**
   * @return the compact JWS
   * @throws IllegalArgumentException if the signer is not the anchor's submitter
   */
  public static String sign(Anchor anchor, Signer submitter) {
    if (!submitter.did().equals(anchor.submitter())) {
      throw new IllegalArgumentException("the submitter signs");
    }
    var token = CompactJws.signed(TYPE, (ObjectNode) Json.tree(anchor), submitter);
    if (token.compact().length() <= MAX_LENGTH && wrongField(anchor) == null) {
      remember(token, anchor);
    }
    return token.compact();
  }

  private static void remember(CompactJws.SignedToken token, Anchor anchor) {
    if (MADE.size() >= MAX_MADE) {
      MADE.clear();
    }
    MADE.put(token.compact(), new MadeAnchor(token.jws(), anchor));
  }

  /**
   * Reads an anchor without verifying its signature.
   *
   * @throws IllegalArgumentException if the form is wrong; the message says where
   */
  public static Anchor read(String compact) {
    return anchor(CompactJws.read(TYPE, compact, MAX_LENGTH));
  }

  /**
   * Reads an anchor and verifies that its submitter signed it with a key valid at that time.
   *
   * @throws IllegalArgumentException if the form, the key or the signature is wrong; the message
   *     says which
   */
  public static VerifiedAnchor verify(String compact, KeyHistory keys) {
    var made = MADE.remove(compact);
    var jws = made == null ? CompactJws.read(TYPE, compact, MAX_LENGTH) : made.jws();
    var anchor = made == null ? anchor(jws) : made.anchor();
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
    return new VerifiedAnchor(compact, anchor, jws.signerId());
  }

  /** Accepts a key that became valid within the second of {@code iat}, which has no fractions. */
  private static Optional<VerificationKey> key(String signerId, Instant second, KeyHistory keys) {
    return keys.find(signerId, second).or(() -> keys.find(signerId, second.plusMillis(999)));
  }

  private static Anchor anchor(CompactJws jws) {
    try {
      var anchor = Json.read(jws.payload(), Anchor.class);
      if (!Arrays.equals(CanonicalJson.bytes(Json.tree(anchor)), jws.payloadBytes())) {
        throw new IllegalArgumentException("the anchor says something this version does not know");
      }
      var wrong = wrongField(anchor);
      if (wrong != null) {
        throw new IllegalArgumentException(wrong);
      }
      return anchor;
    } catch (JacksonException | NullPointerException unreadable) {
      throw new IllegalArgumentException("a field of the anchor has the wrong form", unreadable);
    }
  }

  /** Returns what is wrong with a field; null if all have the form of an anchor. */
  private static @Nullable String wrongField(Anchor anchor) {
    var wrong =
        firstWrong(
            field("record_id", ID, anchor.recordId()),
            field("intent_id", ID, anchor.intentId()),
            field("payload_hash", HASH, anchor.payloadHash()),
            field("privacy_channel", CHANNEL, anchor.privacyChannel()),
            field(
                "ext." + Anchor.RECORD_DIGEST,
                HASH,
                anchor.ext().getOrDefault(Anchor.RECORD_DIGEST, "")));
    if (wrong != null) {
      return wrong;
    }
    if (anchor.ext().size() != 1
        || HashAlgorithm.find(anchor.hashAlgorithm()).isEmpty()
        || !anchor.version().equals(OffChainRecord.VERSION)
        || !anchor.eventType().isComplete(anchor.links())) {
      return "version, hash_algorithm, ext or an identifier its event must carry";
    }
    return firstWrong(
        optionalField("delegation_id", anchor.delegationId()),
        optionalField("order_no", anchor.orderNo()),
        optionalField("trade_no", anchor.tradeNo()));
  }

  private static @Nullable String firstWrong(@Nullable String... found) {
    return Arrays.stream(found).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static @Nullable String optionalField(String field, @Nullable String value) {
    return value == null ? null : field(field, ID, value);
  }

  private static @Nullable String field(String field, Pattern form, String value) {
    return form.matcher(value).matches() ? null : field + " has the wrong form";
  }
}
