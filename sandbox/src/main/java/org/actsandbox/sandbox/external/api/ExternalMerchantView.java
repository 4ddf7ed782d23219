package org.actsandbox.sandbox.external.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.external.KeySource;
import org.actsandbox.sandbox.external.relay.MerchantCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents a merchant from outside with everything that it must know of its world.
 *
 * @param keyId value of {@code signer_id} in what the merchant signs
 * @param url the merchant's own address
 * @param address the merchant's address in the world: requests to it are recorded, meet the faults
 *     and are passed on to {@code url}
 * @param resource path of the paid resource at the level of a gate; absent at other levels
 * @param key the newest key
 * @param roleKey the merchant's key for the payment service and the trust service
 * @param notificationUrl where the payment service notifies the merchant
 * @param expectedPaths what the merchant has to serve at its level
 * @param discovery what was seen at the merchant; absent in lists
 * @param env the same values as lines of a {@code .env} file; absent in lists
 * @param calls the last calls of the world to the merchant, the newest first; absent in lists
 * @param lastCall the newest of them; absent if there was none since the server started
 */
public record ExternalMerchantView(
    String id,
    String did,
    String keyId,
    URI url,
    URI address,
    MerchantKind kind,
    MerchantLevel level,
    @Nullable String resource,
    Text name,
    Instant addedAt,
    Key key,
    @Nullable String roleKey,
    WorldAddresses world,
    PaymentService psp,
    URI notificationUrl,
    List<ExpectedPath> expectedPaths,
    @Nullable List<DiscoveryFinding> discovery,
    @Nullable String env,
    @Nullable MerchantCall lastCall,
    @Nullable List<MerchantCall> calls) {

  /**
   * Represents the merchant's newest key.
   *
   * @param publicJwk public JWK with its id
   * @param privateJwk the private half of a key that the sandbox made; answered this once only
   */
  public record Key(KeySource source, JsonNode publicJwk, @Nullable JsonNode privateJwk) {

    @Override
    public String toString() {
      return "Key[" + source + "]";
    }
  }

  /**
   * Represents the addresses of the world.
   *
   * @param dids where the DID documents of all participants are: {@code dids/{did}}
   */
  public record WorldAddresses(String name, URI base, URI dids, URI trust) {}

  /**
   * Represents the payment service that the merchant bills through.
   *
   * @param endpoint where agents pay; belongs into the bill's method layer
   * @param verify where the merchant asks about a proof (A402-6)
   * @param fulfilments where the merchant confirms a delivery (A402-7)
   */
  public record PaymentService(
      String did,
      URI base,
      String methodId,
      String methodVersion,
      URI methodSchemaUrl,
      URI endpoint,
      URI jwks,
      URI verify,
      URI fulfilments,
      URI refunds) {}

  /**
   * Represents something that the merchant serves.
   *
   * @param path below {@code url}
   * @param rule number of the rule in ACT that asks for it; absent if it is the sandbox's own
   */
  public record ExpectedPath(String method, String path, @Nullable String rule) {}

  @Override
  public String toString() {
    return "ExternalMerchantView[" + id + "]";
  }
}
