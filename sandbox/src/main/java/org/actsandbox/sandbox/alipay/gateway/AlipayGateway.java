package org.actsandbox.sandbox.alipay.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.gateway.GatewayMethod.Door;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
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
  private final AlipayPayments payments;
  private final AlipayAgreements agreements;
  private final AlipayNotices notices;
  private final Function<String, URI> console;
  private final Hmac traceIds;

  /**
   * @param console returns the address of a page of the console
   */
  public AlipayGateway(
      World world, Psp psp, JdbcClient jdbc, ServerParts parts, Function<String, URI> console) {
    this.world = world;
    this.psp = psp;
    this.apps = parts.apps();
    this.platformKey = parts.platformKey();
    this.settings = parts.settings();
    this.trades = new AlipayTrades(world, jdbc);
    this.agreements = new AlipayAgreements(world, jdbc);
    this.payments = new AlipayPayments(world, psp, trades);
    this.notices = new AlipayNotices(world, jdbc, parts.apps(), parts.platformKey());
    this.console = console;
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

  /**
   * Represents what the wallet app answers, with the words of the phone's SDK (AIP-89).
   *
   * @param resultStatus {@code 9000} done, {@code 8000} the principal still decides, {@code 4000}
   *     refused
   * @param memo the reason of a refusal
   * @param result the signed answer of the method; empty unless it is done
   * @param confirmation the page on which the principal decides
   */
  public record WalletReply(
      String resultStatus, String memo, String result, @Nullable URI confirmation) {}

  public AlipayTrades trades() {
    return trades;
  }

  public AlipayPayments payments() {
    return payments;
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

  /** Returns where the buyer's browser goes back to after a payment on a page (AIP-195). */
  public Optional<URI> returnAddress(Trade trade) {
    return notices.returnAddress(trade);
  }

  /** Finds an application of this world. */
  public Optional<AlipayApp> app(String appId) {
    return apps.find(world, appId);
  }

  /**
   * Represents a call with what the database knows about it, which is read once.
   *
   * @param settings the world's switches
   * @param traceId stands in the answer's header and in the journal
   */
  private record ArrivedCall(
      GatewayRequest request, Optional<AlipayApp> app, AlipaySettings settings, String traceId) {}

  private ArrivedCall arrived(GatewayRequest request) {
    var app = request.value("app_id").flatMap(this::app);
    return new ArrivedCall(request, app, settings.of(world), traceId());
  }

  public GatewayReply answer(GatewayRequest request) {
    var call = arrived(request);
    if (isFor(request, Door.BROWSER)) {
      return page(call);
    }
    try {
      var fields = admitted(call, Door.SERVER, Principals.FIRST).answer();
      return reply(call, head(GatewayCode.SUCCESS).setAll(fields));
    } catch (GatewayRefusal refusal) {
      note(call, refusal);
      return refused(call, refusal);
    } catch (RuntimeException bug) {
      return refused(call, failed(call.traceId(), bug));
    }
  }

  private GatewayRefusal failed(String traceId, RuntimeException bug) {
    log.error("gateway call {} failed in world {}", traceId, world.name(), bug);
    return new GatewayRefusal(SubCode.UNKNOWN_ERROR, "trace_id " + traceId + " is in its log");
  }

  private static boolean isFor(GatewayRequest request, Door door) {
    return request
        .value("method")
        .flatMap(GatewayMethods::find)
        .filter(method -> method.door() == door)
        .isPresent();
  }

  /** Answers a browser: with the way to the cashier or back to the seller, or with the refusal. */
  private GatewayReply page(ArrivedCall call) {
    GatewayRefusal refusal;
    try {
      var answered = admitted(call, Door.BROWSER, Principals.FIRST);
      var fields = answered.answer();
      var tradeNo = fields.path("trade_no").asString();
      var next =
          answered
              .confirmation()
              .or(() -> psp.payments().find(tradeNo).flatMap(notices::returnAddress))
              .orElseGet(() -> console.apply("cashier/" + tradeNo));
      return new GatewayReply(PaymentPage.leadingTo(next), call.traceId());
    } catch (GatewayRefusal expected) {
      refusal = expected;
    } catch (RuntimeException bug) {
      refusal = failed(call.traceId(), bug);
    }
    note(call, refusal);
    return new GatewayReply(PaymentPage.refusing(refusal, call.traceId()), call.traceId());
  }

  /**
   * Plays the wallet app that was given a signed text, in the principal's name (AIP-89). The same
   * text again asks for the outcome.
   */
  public WalletReply wallet(String signedText, Did buyer) {
    var call =
        arrived(GatewayRequest.read(null, null, signedText.getBytes(StandardCharsets.UTF_8)));
    GatewayRefusal refusal;
    try {
      var answered = admitted(call, Door.WALLET, buyer);
      var fields = answered.answer();
      if (answered.confirmation().isPresent()) {
        return new WalletReply("8000", "", "", answered.confirmation().get());
      }
      var signed = reply(call, head(GatewayCode.SUCCESS).setAll(fields)).text();
      return new WalletReply(
          "9000", "", signed.substring(0, signed.length() - 1) + ",\"sign_type\":\"RSA2\"}", null);
    } catch (GatewayRefusal expected) {
      refusal = expected;
    } catch (RuntimeException bug) {
      refusal = failed(call.traceId(), bug);
    }
    note(call, refusal);
    return new WalletReply("4000", refusal.subCode().text() + ": " + refusal.subMsg(), "", null);
  }

  private String traceId() {
    return HexFormat.of().formatHex(traceIds.of(world.ids().next("G"))).substring(0, 32);
  }

  /** Represents a call after its method did its work. */
  private record AnsweredCall(ObjectNode answer, Optional<URI> confirmation) {}

  private AnsweredCall admitted(ArrivedCall arrived, Door door, Did buyer) {
    var request = arrived.request();
    RequestAdmission.requireReadable(request);
    var method = RequestAdmission.requireMethod(request);
    RequestAdmission.requireDoor(method, door);
    if (request.value("app_id").isEmpty()) {
      throw new GatewayRefusal(SubCode.MISSING_APP_ID);
    }
    var app = arrived.app().orElseThrow(() -> new GatewayRefusal(SubCode.INVALID_APP_ID));
    RequestAdmission.requireSigned(request, app);
    RequestAdmission.requirePermission(method, app);
    RequestAdmission.requireOwner(world, app);
    var content = RequestAdmission.content(request);
    var prepared =
        settings.takePrepared(world, arrived.settings(), request.value("method").orElseThrow());
    if (prepared.isPresent()) {
      throw new GatewayRefusal(prepared.get(), "prepared by the world's settings");
    }
    var call =
        new GatewayCall(
            world,
            psp,
            trades,
            payments,
            agreements,
            this::app,
            arrived.settings(),
            app,
            buyer,
            request,
            content);
    var answer = method.answer(call);
    remarkUnread(call, answer);
    return new AnsweredCall(answer, method.confirmationPage(call, answer).map(console));
  }

  /** A field that counts for nothing here must not look as if it did. */
  private void remarkUnread(GatewayCall call, ObjectNode answer) {
    var method = call.request().value("method").orElse("");
    var unread = BizContentFields.unread(method, call.content());
    if (unread.isEmpty()) {
      return;
    }
    var tradeNo = answer.path("trade_no").asString("");
    world
        .journal()
        .note(
            new JournalNote(
                World.PSP.value(),
                JournalNote.Kind.DECISION,
                JournalEvent.ALIPAY_REMARK,
                tradeNo.isEmpty() ? Map.of() : Map.of(JournalIds.TRADE_NO, tradeNo),
                Map.of(
                    "app_id",
                    call.app().appId(),
                    "method",
                    method,
                    "remark",
                    "biz_content has fields that are not used here: "
                        + String.join(", ", unread))));
  }

  private static ObjectNode head(GatewayCode code) {
    return Json.object().put("code", code.code()).put("msg", code.msg());
  }

  private GatewayReply refused(ArrivedCall call, GatewayRefusal refusal) {
    var root =
        head(refusal.subCode().level())
            .put("sub_code", refusal.subCode().text())
            .put("sub_msg", refusal.subMsg());
    return reply(call, root);
  }

  /** Signs whenever the application is known, refusals included (AIP-124). */
  private GatewayReply reply(ArrivedCall call, ObjectNode root) {
    var request = call.request();
    var type = request.value("sign_type").flatMap(SignType::of).orElse(SignType.RSA2);
    var rootName =
        request
            .value("method")
            .filter(GatewayMethods.NAMES::contains)
            .map(SignedResponse::rootName)
            .orElse(SignedResponse.ERROR_ROOT);
    var key = call.app().isPresent() ? signingKey(call) : null;
    return new GatewayReply(
        SignedResponse.write(rootName, root, key, type, request.charset()), call.traceId());
  }

  /**
   * Returns the platform's key, or another one for the answer that a switch of the world spoils.
   */
  private PrivateKey signingKey(ArrivedCall call) {
    boolean spoilt =
        call.settings().altered() == AlipaySettings.AlteredAnswer.SIGNATURE
            && call.request().value("method").filter(GatewayMethods.VERIFY::equals).isPresent();
    return spoilt ? ForeignKey.PRIVATE : platformKey.privateKey();
  }

  /** Holds a key that belongs to no participant, made at first use. */
  private static final class ForeignKey {

    private static final PrivateKey PRIVATE = PlatformKey.newPair();
  }

  private void note(ArrivedCall call, GatewayRefusal refusal) {
    var request = call.request();
    Map<String, String> data = new TreeMap<>();
    data.put("code", refusal.subCode().text());
    data.put("detail", refusal.subMsg());
    data.put("method", request.value("method").orElse(""));
    data.put("app_id", request.value("app_id").orElse(""));
    data.put("trace_id", call.traceId());
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
