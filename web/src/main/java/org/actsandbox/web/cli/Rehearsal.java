package org.actsandbox.web.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.json.Json;

/**
 * Uses once what a purchase does not use, while {@code ./run} records the JVM's cache of loaded
 * classes: the signature doctor, whose first answer after a start otherwise loads 300 classes.
 */
final class Rehearsal {

  private Rehearsal() {}

  /** Registers an application in a throw-away world and has a call of it examined. */
  static void play(TargetWorld world, SandboxClient client) {
    var key = world.keys().operator();
    var order = Json.object().put("owner", "lingobee").put("public_key", "make");
    var app = client.post(world.api("/alipay/apps"), key, order);
    var call =
        "app_id=%s&method=alipay.trade.query&charset=utf-8&sign_type=RSA2&version=1.0&sign=%s&biz_content=%s"
            .formatted(
                app.path("app_id").asString(""),
                encoded(Base64.getEncoder().encodeToString(new byte[256])),
                encoded("{\"out_trade_no\":\"1\"}"));
    client.post(world.api("/signature-diagnoses"), key, Json.object().put("text", call));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
