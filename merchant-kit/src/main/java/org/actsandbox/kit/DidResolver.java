package org.actsandbox.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the public keys of agents, merchants and the payment service in their DID documents, which
 * are at {@code {world}/dids/{did}}.
 *
 * <p>A document is kept for a minute, so that a withdrawn key is accepted no longer than that. A
 * key id that is not in it makes the resolver look once more, because keys rotate; at most once in
 * a second per DID, because invented key ids must not cause a flood of calls. It keeps the
 * documents of 1,000 participants.
 *
 * <p>An instance can be used by many threads. It works in real time, because it is about the
 * network.
 */
public final class DidResolver {

  private static final Duration MAX_AGE = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);
  private static final int MAX_DOCUMENTS = 1_000;

  private final URI world;
  private final BoundedHttp http;
  private final LongSupplier nanoTime;
  private final Map<Did, Document> documents =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Did, Document> eldest) {
          return size() > MAX_DOCUMENTS;
        }
      };

  /**
   * @param forUnknown whether it was fetched because the one before lacked a key id
   */
  private record Document(KeySet keys, long fetchedAt, boolean forUnknown) {}

  /**
   * Makes a resolver for a world.
   *
   * @param world its address, {@link MerchantSettings#world}
   */
  public DidResolver(URI world) {
    this(world, new BoundedHttp(), System::nanoTime);
  }

  DidResolver(URI world, BoundedHttp http, LongSupplier nanoTime) {
    this.world = world;
    this.http = http;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the ids of the keys of a participant, the newest first as its document has them; empty
   * if the world does not know it.
   *
   * @param did such as {@code did:act:psp}
   * @throws IllegalArgumentException if this is not a did:act
   * @throws RequestRefusedException with a temporary problem if the world does not answer
   */
  public List<String> keyIds(String did) {
    return List.copyOf(document(new Did(did)).keys().keys().keySet());
  }

  /**
   * Says whether a signature over these bytes was made with the key; false also for an unknown key.
   *
   * @param keyId such as {@code did:act:psp#key-1}
   * @throws RequestRefusedException with a temporary problem if the world does not answer
   */
  public boolean verifies(String keyId, byte[] message, byte[] signature) {
    return find(keyId).map(key -> key.verifies(message, signature)).orElse(false);
  }

  KeyDirectory directory() {
    return this::find;
  }

  private Optional<VerificationKey> find(String keyId) {
    Did did;
    try {
      did = Did.ofSigner(keyId);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
    var document = document(did);
    var key = document.keys().find(keyId);
    boolean justLooked = document.forUnknown() && age(document).compareTo(LOOK_AGAIN_AFTER) < 0;
    return key.isPresent() || justLooked ? key : fetched(did, true).keys().find(keyId);
  }

  private Document document(Did did) {
    var kept = kept(did);
    return kept != null && age(kept).compareTo(MAX_AGE) < 0 ? kept : fetched(did, false);
  }

  /** Two threads may fetch the same document at once; both results are good. */
  private Document fetched(Did did, boolean forUnknown) {
    var fetched = new Document(fetch(did), nanoTime.getAsLong(), forUnknown);
    synchronized (documents) {
      documents.put(did, fetched);
    }
    return fetched;
  }

  private Duration age(Document document) {
    return Duration.ofNanos(nanoTime.getAsLong() - document.fetchedAt());
  }

  private @Nullable Document kept(Did did) {
    synchronized (documents) {
      return documents.get(did);
    }
  }

  private KeySet fetch(Did did) {
    var request =
        HttpRequest.newBuilder(URI.create(world + "/dids/" + did.value()))
            .header("Accept", "application/json")
            .build();
    try {
      var answer = http.send(request);
      if (answer.status() == 404) {
        return new KeySet(Map.of());
      }
      if (answer.status() != 200) {
        throw unavailable(did, "status " + answer.status());
      }
      return keys(answer.body());
    } catch (IOException | JacksonException | IllegalArgumentException failed) {
      throw unavailable(did, String.valueOf(failed.getMessage()));
    }
  }

  /** A method's id is the key id; its JWK need not repeat it. */
  private static KeySet keys(byte[] body) {
    var set = Json.object();
    var keys = set.putArray("keys");
    for (var method : Json.parse(body).path("verificationMethod")) {
      if (method.path("publicKeyJwk") instanceof ObjectNode jwk) {
        keys.add(jwk.put("kid", method.path("id").asString("")));
      }
    }
    return KeySet.parse(Json.write(set));
  }

  private static RequestRefusedException unavailable(Did did, String why) {
    return new RequestRefusedException(
        new Refusal(Problem.UNAVAILABLE, "the keys of " + did + " cannot be fetched")
            .observed(why)
            .remedy("Try again shortly; nothing was changed."));
  }
}
