package org.actsandbox.web.check.alipay;

import java.net.URI;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.world.CheckWorld;

/** Registers a seller that is started for a check, with an application and a key of its own. */
public final class AlipayApplication {

  private static final String ID = "alipay-seller";

  private AlipayApplication() {}

  /**
   * Registers merchant and application.
   *
   * @return what the seller's program must know, as lines NAME=VALUE
   */
  public static String register(CheckWorld world, URI resource) {
    var base = resource.resolve("/").toString().replaceAll("/$", "");
    world.register(
        Json.object()
            .put("url", base)
            .put("id", ID)
            .put("level", "gate")
            .put("kind", "service")
            .put("resource", resource.getRawPath().isEmpty() ? "/" : resource.getRawPath()));
    var target = world.target();
    var application =
        new SandboxClient(world.outbound())
            .post(
                target.api("/alipay/apps"),
                target.keys().operator(),
                Json.object().put("owner", ID).put("public_key", "make"));
    return application
        .path("settings")
        .valueStream()
        .filter(file -> file.path("sdk").asString("").equals("env"))
        .map(file -> file.path("text").asString(""))
        .findFirst()
        .orElse("");
  }
}
