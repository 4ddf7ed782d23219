package org.actsandbox.sandbox.external.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.relay.MerchantCall;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the views of merchants from outside. */
final class ExternalMerchantViews {

  private ExternalMerchantViews() {}

  /**
   * Returns the view of one merchant.
   *
   * @param privateJwk the private key that was made just now; null at any other time
   */
  static ExternalMerchantView one(
      World world,
      ExternalMerchant merchant,
      @Nullable JsonNode privateJwk,
      List<DiscoveryFinding> discovery,
      List<MerchantCall> calls) {
    return view(
        world, merchant, privateJwk, discovery, env(world, merchant, privateJwk), calls, calls);
  }

  /** Returns the view of a merchant in a list, without its role key. */
  static ExternalMerchantView listed(
      World world, ExternalMerchant merchant, List<MerchantCall> calls) {
    return view(world, merchant, null, null, null, calls, null);
  }

  private static ExternalMerchantView view(
      World world,
      ExternalMerchant merchant,
      @Nullable JsonNode privateJwk,
      @Nullable List<DiscoveryFinding> discovery,
      @Nullable String env,
      List<MerchantCall> calls,
      @Nullable List<MerchantCall> shownCalls) {
    var merchants = world.externalMerchants();
    var newest = merchants.publicKeys(merchant.did()).getFirst();
    return new ExternalMerchantView(
        merchant.id(),
        merchant.did().value(),
        newest.signerId(),
        merchant.url(),
        world.at("/merchants/" + merchant.id()),
        merchant.kind(),
        merchant.level(),
        merchant.level() == MerchantLevel.GATE ? merchant.resource() : null,
        merchant.name(),
        merchant.addedAt(),
        new ExternalMerchantView.Key(
            merchants.keySource(merchant.did()).orElseThrow(),
            Json.parse(newest.jwk()),
            privateJwk),
        env == null ? null : roleKey(world, merchant),
        new ExternalMerchantView.WorldAddresses(
            world.name(), world.base(), world.at("/dids"), world.at("/trust")),
        paymentService(world),
        merchant.at("/notifications"),
        ExpectedPaths.of(merchant),
        discovery,
        env,
        calls.isEmpty() ? null : calls.getFirst(),
        shownCalls);
  }

  private static String roleKey(World world, ExternalMerchant merchant) {
    return world.roleKey(Role.MERCHANT, merchant.did());
  }

  private static ExternalMerchantView.PaymentService paymentService(World world) {
    return new ExternalMerchantView.PaymentService(
        World.PSP.value(),
        world.at("/psp"),
        PaymentNeeded.METHOD_ID,
        PaymentNeeded.METHOD_VERSION,
        world.at("/psp/methods/act-sandbox-instant/1.0.0.schema.json"),
        world.at("/psp/payments"),
        world.at("/psp/.well-known/jwks.json"),
        world.at("/psp/proofs/verify"),
        world.at("/psp/fulfilments"),
        world.at("/psp/refunds"));
  }

  /**
   * Returns the settings of a merchant's process. {@code ACT_KEY} is the private key, 32 bytes in
   * base64url; it is empty when the merchant keeps it, or has been told.
   */
  private static String env(World world, ExternalMerchant merchant, @Nullable JsonNode privateJwk) {
    return settings(world, merchant, privateJwk).entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Returns the settings by name, in the order of the {@code .env} file. */
  static Map<String, String> settings(
      World world, ExternalMerchant merchant, @Nullable JsonNode privateJwk) {
    var lines = new LinkedHashMap<String, String>();
    lines.put("ACT_WORLD", world.base().toString());
    lines.put("ACT_ID", merchant.id());
    lines.put("ACT_URL", merchant.url().toString());
    lines.put("ACT_DID", merchant.did().value());
    lines.put(
        "ACT_KEY_ID", world.externalMerchants().publicKeys(merchant.did()).getFirst().signerId());
    lines.put("ACT_KEY", privateJwk == null ? "" : privateJwk.path("d").asString());
    lines.put("ACT_ROLE_KEY", roleKey(world, merchant));
    lines.put("ACT_PSP", world.at("/psp").toString());
    lines.put("ACT_PSP_DID", World.PSP.value());
    return lines;
  }
}
