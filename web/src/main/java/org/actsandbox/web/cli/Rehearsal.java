package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.load.LoadRun;

/**
 * Does what a later start should find prepared, while {@code ./run} records the JVM's cache. The
 * cache has the loaded classes, and how often and with which types the methods were called, so that
 * a later process compiles what purchases need without counting first.
 */
final class Rehearsal {

  /** So many that what each purchase calls a few times is known as worth compiling. */
  private static final int PURCHASES = 400;

  private static final int CONCURRENCY = 8;

  private Rehearsal() {}

  /** Makes purchases, and uses once what they do not use. */
  static void play(URI origin, TargetWorld world, SandboxClient client)
      throws IOException, InterruptedException {
    examineCall(world, client);
    var plan =
        new LoadRun.Plan(
            LoadRun.Level.L1, new LoadRun.Pace.BackToBack(), PURCHASES, CONCURRENCY, 0);
    new LoadRun(client, Clock.systemUTC()).run(origin, null, plan, 0);
  }

  /** Has the signature doctor answer, whose first answer otherwise loads 300 classes. */
  private static void examineCall(TargetWorld world, SandboxClient client) {
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
