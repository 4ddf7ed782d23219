package org.actsandbox.web.cli.gate;

import java.net.URI;
import java.time.InstantSource;
import org.actsandbox.alipay.client.GatewayClient;
import org.actsandbox.alipay.client.PayPerUseCalls;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.cli.server.ServerStartFailure;
import tools.jackson.databind.JsonNode;

/**
 * Registers the application with which a gate's merchant sells in Alipay's profile, or gives the
 * one of an earlier start a new key: the private key was told once.
 */
final class AlipayRegistration {

  /** Names the application among others of the same merchant. */
  private static final String NAME = "gate";

  private final SandboxClient client;
  private final TargetWorld world;

  AlipayRegistration(SandboxClient client, TargetWorld world) {
    this.client = client;
    this.world = world;
  }

  /** Represents a registered application, and the gateway that it calls. */
  record Registered(GateApplication application, PayPerUseCalls gateway) {}

  /**
   * Registers the application of this merchant.
   *
   * @throws ServerStartFailure if the world refuses it
   */
  Registered register(MerchantSettings merchant) {
    var apps = world.api("/alipay/apps");
    var key = world.keys().operator();
    try {
      var known =
          client
              .get(apps, key)
              .path("apps")
              .valueStream()
              .filter(app -> app.path("owner").asString("").equals(merchant.did()))
              .filter(app -> app.path("name").asString("").equals(NAME))
              .map(app -> app.path("app_id").asString(""))
              .findFirst();
      var order = Json.object().put("public_key", "make");
      return registered(
          merchant,
          known.isPresent()
              ? client.send("PATCH", URI.create(apps + "/" + known.get()), key, order)
              : client.post(apps, key, order.put("owner", merchant.did()).put("name", NAME)));
    } catch (UnexpectedReply refused) {
      throw new ServerStartFailure(
          "the world does not take the gate's application: " + refused.getMessage(), refused);
    }
  }

  private Registered registered(MerchantSettings merchant, JsonNode view) {
    try {
      var own = RsaKeyText.read(view.path("private_key_pkcs8").asString(""));
      var platform = RsaKeyText.read(view.path("alipay_public_key").asString(""));
      var caller =
          new GatewayClient.Caller(
              view.path("app_id").asString(""), own.privateKey().orElseThrow());
      return new Registered(
          new GateApplication(caller, view.path("seller_id").asString(""), merchant.id()),
          new PayPerUseCalls(
              new GatewayClient(
                  client.outbound(),
                  world.at("/gateway.do"),
                  platform.publicKey(),
                  InstantSource.system(),
                  World.ZONE)));
    } catch (KeyTextException unreadable) {
      throw new ServerStartFailure("the world answers keys of another form", unreadable);
    }
  }
}
