package org.actsandbox.web.console.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.actsandbox.web.console.qr.QrCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that the link of a code opens the cashier of one payment, for a while and until it is
 * decided, and nothing else.
 */
class PhonePaymentTests {

  private static final Pattern FIELD =
      Pattern.compile("name=\"(_csrf|digest)\"\\s+value=\"([^\"]*)\"");

  private final ConsoleServer server = ConsoleServer.shared();
  private final World world = server.newWorld("phone");
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final PaymentLinks links = server.bean(PaymentLinks.class);
  private PurchaseClient agent;
  private int purchases;

  @BeforeEach
  void registerAgent() {
    var keys =
        new IssuedRoleKeys(
            world.roleKey(Role.PRINCIPAL, null),
            world.roleKey(Role.AGENT, null),
            world.roleKey(Role.OPERATOR, null),
            Map.of());
    var target = new TargetWorld(URI.create(server.origin()), world.name(), keys);
    agent =
        new PurchaseClient(
            target,
            ExternalAgent.register(
                new SandboxClient(outbound), target, "phone-buyer", new byte[32]),
            outbound,
            () -> world.clock().instant());
  }

  /** Buys a charger up to the cashier, and returns the number of the payment that waits. */
  private String waitingPayment() {
    var id = "phone-" + ++purchases;
    var need = new Need.Shop("phone charger", null, null, List.of(), 1, null, null);
    var offers = agent.sendIntent("luma-mart", agent.signed(agent.intent(id, need, 5))).json();
    var cart = agent.cart(id, offers.path("offers").get(0));
    var order = agent.sendCart("luma-mart", agent.signed(cart)).json();
    var bill =
        PurchaseClient.bill(
            agent.askForResource(URI.create(order.path("resource_url").asString())));
    var paid = agent.sendPayment(agent.signed(agent.payment(id, bill)));
    assertThat(paid.status()).as(paid.toString()).isEqualTo(201);
    return paid.json().path("trade_no").asString();
  }

  /** A phone: a browser without a session of the console. */
  private final class Phone {

    private final HttpClient client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    HttpResponse<String> opens(String path) throws Exception {
      return send(HttpRequest.newBuilder(at(path)).header("Accept", "text/html").build());
    }

    HttpResponse<String> answers(String path, String decision, String pin, String page)
        throws Exception {
      var fields =
          FIELD.matcher(page).results().collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
      var form =
          "decision=%s&pin=%s&digest=%s&_csrf=%s"
              .formatted(
                  decision,
                  pin,
                  URLEncoder.encode(fields.getOrDefault("digest", ""), StandardCharsets.UTF_8),
                  URLEncoder.encode(fields.getOrDefault("_csrf", ""), StandardCharsets.UTF_8));
      return send(
          HttpRequest.newBuilder(at(path))
              .header("Accept", "text/html")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private URI at(String path) {
    return URI.create(server.origin() + path);
  }

  private String status(String tradeNo) {
    return agent.payment(tradeNo).json().path("status").asString();
  }

  @Test
  void thePhoneApprovesWhatItShowsOnceAndSeesNothingElse() throws Exception {
    var tradeNo = waitingPayment();
    var link = links.path(world, tradeNo);
    var phone = new Phone();

    var shown = phone.opens(link);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body()).contains("Luma Mart", "¥", "Charger");
    assertThat(shown.body()).doesNotContain("/console/" + world.name(), "/w/" + world.name());
    assertThat(links.isOpened(world, tradeNo)).isTrue();
    assertThat(phone.opens("/console/" + world.name() + "/wallet").statusCode()).isEqualTo(401);
    assertThat(phone.opens("/w/" + world.name() + "/cashier/" + tradeNo).statusCode())
        .isEqualTo(401);

    var paid = phone.answers(link, "APPROVE", PurchaseClient.DEMO_PIN, shown.body());
    assertThat(paid.statusCode()).isEqualTo(200);
    assertThat(paid.body()).contains("phone-done").doesNotContain("/console/" + world.name());
    assertThat(status(tradeNo)).isEqualTo("paid");

    var reused = phone.opens(link);
    assertThat(reused.statusCode()).isEqualTo(410);
    assertThat(reused.body()).doesNotContain("Luma Mart", "¥");
    assertThat(phone.answers(link, "APPROVE", PurchaseClient.DEMO_PIN, shown.body()).statusCode())
        .isEqualTo(410);
  }

  @Test
  void aLinkOfAnotherPaymentAnotherWorldOrGuessedOpensNothing() throws Exception {
    var mine = waitingPayment();
    var other = waitingPayment();
    var link = links.path(world, mine);
    var token = link.substring(link.lastIndexOf('/') + 1);
    var until = token.substring(0, token.indexOf('.'));
    var elsewhere = server.newWorld("phone-elsewhere");
    var phone = new Phone();
    var page = phone.opens(link).body();

    for (var forged :
        List.of(
            "/pay/" + world.name() + "/" + other + "/" + token,
            "/pay/" + elsewhere.name() + "/" + mine + "/" + token,
            "/pay/nowhere/" + mine + "/" + token,
            "/pay/" + world.name() + "/T-NONE/" + token,
            "/pay/" + world.name() + "/" + mine + "/zzzzzz" + token.substring(until.length()),
            "/pay/" + world.name() + "/" + mine + "/" + until + ".AAAAAAAAAAAAAAAAAAAAAA",
            "/pay/" + world.name() + "/" + mine + "/" + token.toUpperCase(Locale.ROOT),
            "/pay/" + world.name() + "/" + mine + "/x")) {
      var answer = phone.opens(forged);
      assertThat(answer.statusCode()).as(forged).isEqualTo(404);
      assertThat(answer.body()).as(forged).doesNotContain("Luma Mart", "/console/", "¥");
      assertThat(phone.answers(forged, "APPROVE", PurchaseClient.DEMO_PIN, page).statusCode())
          .as(forged)
          .isEqualTo(404);
    }
    assertThat(status(mine)).isEqualTo("waiting_for_approval");
    assertThat(status(other)).isEqualTo("waiting_for_approval");
  }

  @Test
  void aLinkEndsAfterHalfAnHourOfTheMachine() throws Exception {
    var tradeNo = waitingPayment();
    var before = Clock.offset(Clock.systemUTC(), PaymentLinks.LIFETIME.negated());
    var expired = new PaymentLinks(server.bean(DataFolder.class), before).path(world, tradeNo);
    var phone = new Phone();
    var page = phone.opens(links.path(world, tradeNo)).body();

    assertThat(phone.opens(expired).statusCode()).isEqualTo(410);
    assertThat(phone.answers(expired, "APPROVE", PurchaseClient.DEMO_PIN, page).statusCode())
        .isEqualTo(410);
    assertThat(status(tradeNo)).isEqualTo("waiting_for_approval");
    assertThat(links.state(world, tradeNo, token(links.path(world, tradeNo))))
        .isEqualTo(PaymentLinks.State.OPEN);
  }

  private static String token(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  @Test
  void wrongPinsByALinkNeverLockThePin() throws Exception {
    var tradeNo = waitingPayment();
    var link = links.path(world, tradeNo);
    var phone = new Phone();
    var page = phone.opens(link).body();

    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          together.invokeAll(
              Collections.nCopies(
                  6, () -> phone.answers(link, "APPROVE", "000000", page).statusCode()));
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(422);
      }
    }
    assertThat(agent.cashier(tradeNo).json().path("pin_attempts_left").asInt()).isEqualTo(1);
    var refused = phone.answers(link, "APPROVE", PurchaseClient.DEMO_PIN, page);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(status(tradeNo)).isEqualTo("waiting_for_approval");
  }

  @Test
  void anAnswerNeedsTheFormOfThePageThatWasOpened() throws Exception {
    var tradeNo = waitingPayment();
    var link = links.path(world, tradeNo);
    var page = new Phone().opens(link).body();

    var foreign = new Phone().answers(link, "APPROVE", PurchaseClient.DEMO_PIN, page);
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(status(tradeNo)).isEqualTo("waiting_for_approval");
  }

  @Test
  void aReaderOfCodesReadsTheAddress() throws Exception {
    var address = "http://192.168.1.20:8080" + links.path(world, "T-00000CQFFDD8Z1Z");
    var code = QrCode.of(address);
    int scale = 4;
    var pixels = new int[code.size() * scale * code.size() * scale];
    Arrays.fill(pixels, 0xFFFFFFFF);
    Pattern.compile("M(\\d+) (\\d+)h(\\d+)")
        .matcher(code.path())
        .results()
        .forEach(
            run -> {
              for (int x = 0; x < Integer.parseInt(run.group(3)) * scale; x++) {
                for (int y = 0; y < scale; y++) {
                  int row = Integer.parseInt(run.group(2)) * scale + y;
                  int column = Integer.parseInt(run.group(1)) * scale + x;
                  pixels[row * code.size() * scale + column] = 0xFF000000;
                }
              }
            });
    var picture = new RGBLuminanceSource(code.size() * scale, code.size() * scale, pixels);
    var read = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture)));
    assertThat(read.getText()).isEqualTo(address);
  }
}
