package org.actsandbox.sandbox.alipay.gateway;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers calls of one world in the form of Alipay's gateway, over the same payment service as
 * everything else: one trade, two languages. It behaves as the public SDKs and demos expect; that
 * the real gateway behaves alike is not confirmed.
 */
public final class AlipayGateway {

  private static final Logger log = LoggerFactory.getLogger(AlipayGateway.class);

  private static final Pattern TRADE_NO =
      Pattern.compile("\"trade_no\"\\s*:\\s*\"([A-Za-z0-9_-]{1,64})\"");

  private final World world;
  private final Psp psp;
  private final AlipayApps apps;
  private final PlatformKey platformKey;
  private final AlipaySettingsStore settings;
  private final AlipayTrades trades;
  private final Hmac traceIds;

  public AlipayGateway(World world, Psp psp, JdbcClient jdbc, ServerParts parts) {
    this.world = world;
    this.psp = psp;
    this.apps = parts.apps();
    this.platformKey = parts.platformKey();
    this.settings = parts.settings();
    this.trades = new AlipayTrades(world, jdbc);
    this.traceIds = new Hmac(world.keys().derived("alipay trace id"));
  }

  /** Bundles what all worlds of the server share. */
  public record ServerParts(
      AlipayApps apps, PlatformKey platformKey, AlipaySettingsStore settings) {}

  /**
   * Represents an answer; its HTTP status is always 200 (AIP-114).
   *
   * @param text the answer in the charset of the request
   * @param traceId stands in the answer's header and in the journal (AIP-116)
   */
  public record GatewayReply(String text, String traceId) {}

  public AlipayTrades trades() {
    return trades;
  }

  public AlipaySettings settings() {
    return settings.of(world);
  }

  public Psp psp() {
    return psp;
  }

  public World world() {
    return world;
  }

  /** Finds an application of this world. */
  public Optional<AlipayApp> app(String appId) {
    return apps.find(world, appId);
  }

  public GatewayReply answer(GatewayRequest request) {
    var traceId = HexFormat.of().formatHex(traceIds.of(world.ids().next("G"))).substring(0, 32);
    var app = request.value("app_id").flatMap(this::app);
    try {
      var fields = fields(request, app);
      return reply(request, app, head(GatewayCode.SUCCESS).setAll(fields), traceId);
    } catch (GatewayRefusal refusal) {
      note(request, refusal, traceId);
      return refused(request, app, refusal, traceId);
    } catch (RuntimeException bug) {
      log.error("gateway call {} failed in world {}", traceId, world.name(), bug);
      return refused(
          request,
          app,
          new GatewayRefusal(SubCode.UNKNOWN_ERROR, "trace_id " + traceId + " is in its log"),
          traceId);
    }
  }

  private ObjectNode fields(GatewayRequest request, Optional<AlipayApp> known) {
    RequestAdmission.requireReadable(request);
    var method = RequestAdmission.requireMethod(request);
    if (request.value("app_id").isEmpty()) {
      throw new GatewayRefusal(SubCode.MISSING_APP_ID);
    }
    var app = known.orElseThrow(() -> new GatewayRefusal(SubCode.INVALID_APP_ID));
    RequestAdmission.requireSigned(request, app);
    RequestAdmission.requirePermission(method, app);
    var content = RequestAdmission.content(request);
    var prepared = settings.takePrepared(world, request.value("method").orElseThrow());
    if (prepared.isPresent()) {
      throw new GatewayRefusal(prepared.get(), "prepared by the world's settings");
    }
    return method.answer(
        new GatewayCall(world, psp, trades, settings.of(world), app, request, content));
  }

  private static ObjectNode head(GatewayCode code) {
    return Json.object().put("code", code.code()).put("msg", code.msg());
  }

  private GatewayReply refused(
      GatewayRequest request, Optional<AlipayApp> app, GatewayRefusal refusal, String traceId) {
    var root =
        head(refusal.subCode().level())
            .put("sub_code", refusal.subCode().text())
            .put("sub_msg", refusal.subMsg());
    return reply(request, app, root, traceId);
  }

  /** Signs whenever the application is known, refusals included (AIP-124). */
  private GatewayReply reply(
      GatewayRequest request, Optional<AlipayApp> app, ObjectNode root, String traceId) {
    var type = request.value("sign_type").flatMap(SignType::of).orElse(SignType.RSA2);
    var rootName =
        request
            .value("method")
            .filter(GatewayMethods.NAMES::contains)
            .map(SignedResponse::rootName)
            .orElse(SignedResponse.ERROR_ROOT);
    var key = app.isPresent() ? platformKey.privateKey() : null;
    return new GatewayReply(
        SignedResponse.write(rootName, root, key, type, request.charset()), traceId);
  }

  private void note(GatewayRequest request, GatewayRefusal refusal, String traceId) {
    Map<String, String> data = new TreeMap<>();
    data.put("code", refusal.subCode().text());
    data.put("detail", refusal.subMsg());
    data.put("method", request.value("method").orElse(""));
    data.put("app_id", request.value("app_id").orElse(""));
    data.put("trace_id", traceId);
    world
        .journal()
        .note(
            new JournalNote(
                World.PSP.value(),
                JournalNote.Kind.REFUSAL,
                JournalEvent.REFUSED,
                ids(request),
                data));
  }

  private static Map<String, String> ids(GatewayRequest request) {
    var content = request.value("biz_content").orElse("");
    var found = TRADE_NO.matcher(content);
    return found.find() ? Map.of(JournalIds.TRADE_NO, found.group(1)) : Map.of();
  }
}
