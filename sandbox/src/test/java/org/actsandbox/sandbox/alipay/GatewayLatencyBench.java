package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.alipay.cashier.AlipayCashier;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures verify and confirm at a hundred requests a second over HTTP, each counted from when it
 * was due, and an examination by the signature doctor ({@code -Dact.bench=alipay}); the figures are
 * in docs/performance.md.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*alipay.*")
class GatewayLatencyBench {

  private static final int WARM = 400;
  private static final int MEASURED = 1_000;
  private static final int BEHIND = 50;
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private final AlipayBench bench = new AlipayBench();
  private final HttpClient client = HttpClient.newHttpClient();

  private URI signed(String method, Map<String, ?> content, String timestamp) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("app_id", bench.appId());
    parameters.put("method", method);
    parameters.put("charset", "UTF-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", timestamp);
    parameters.put("version", "1.0");
    parameters.put("biz_content", Json.write(content));
    parameters.put(
        "sign",
        SignType.RSA2.sign(
            bench.privateKey(),
            StringToSign.ofRequest(parameters).getBytes(StandardCharsets.UTF_8)));
    return URI.create(
        bench.app.path("gateway").stringValue()
            + "?"
            + PercentCode.form(parameters, StandardCharsets.UTF_8));
  }

  private String bought() {
    var order = bench.order(bench.bill(), bench.buyer(), "-");
    return new AlipayCashier(bench.world.participant(AlipayGateway.class))
        .pay(CashierOrder.read(order.getBytes(StandardCharsets.UTF_8)).orElseThrow(), Duration.ZERO)
        .trade()
        .tradeNo();
  }

  @Test
  void verifyAndConfirmAtAHundredRequestsASecond() throws Exception {
    bench.set("{\"approve_automatically\":true}");
    var calls = new ArrayList<URI>();
    var trades = new ArrayList<String>();
    for (int i = 0; i < (WARM + MEASURED) / 2 + BEHIND; i++) {
      trades.add(bought());
    }
    // A confirmation follows its verification by a second, so that none overtakes it.
    for (int i = BEHIND; i < trades.size(); i++) {
      calls.add(
          signed(
              "alipay.aipay.agent.payment.verify",
              Map.of("trade_no", trades.get(i), "payment_proof", "p", "client_session", "s"),
              "2026-08-25 10:00:00"));
      calls.add(
          signed(
              "alipay.aipay.agent.fulfillment.confirm",
              Map.of("trade_no", trades.get(i - BEHIND)),
              "2026-08-25 10:00:01"));
    }
    run(calls.subList(0, WARM));
    long before = processorNanos();
    var nanos = run(calls.subList(WARM, calls.size()));
    double perCall = (processorNanos() - before) / 1e6 / nanos.length;
    double rsa = rsaMillis();
    print("verify", nanos, 0);
    print("confirm", nanos, 1);
    System.out.printf(
        Locale.ROOT,
        "BENCH processor time: %.2f ms a call, client included; signing and verifying with RSA-2048"
            + " alone %.2f ms, so a call is %.1f of them%n",
        perCall,
        rsa,
        perCall / rsa);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Returns what one signature and one verification take of a processor in this very run. */
  private double rsaMillis() throws KeyTextException {
    var text = new byte[400];
    var key = RsaKeyText.read(bench.app.at("/keys/0/public_key").stringValue()).publicKey();
    var threads = ManagementFactory.getThreadMXBean();
    int count = 300;
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      assertThat(SignType.RSA2.verifies(key, text, SignType.RSA2.sign(bench.privateKey(), text)))
          .isTrue();
    }
    return (threads.getCurrentThreadCpuTime() - start) / 1e6 / count;
  }

  /** Sends a call each ten milliseconds, and returns what each took from when it was due. */
  private long[] run(List<URI> calls) throws Exception {
    var nanos = new long[calls.size()];
    var failed = new ConcurrentHashMap<Integer, String>();
    var sent = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int i = 0; i < calls.size(); i++) {
        int number = i;
        long due = start + number * BETWEEN.toNanos();
        LockSupport.parkNanos(due - System.nanoTime());
        sent.add(
            threads.submit(
                () -> {
                  var request =
                      HttpRequest.newBuilder(calls.get(number))
                          .POST(HttpRequest.BodyPublishers.noBody())
                          .build();
                  var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                  nanos[number] = System.nanoTime() - due;
                  if (!answer.body().contains("\"code\":\"10000\"")) {
                    failed.put(number, answer.body());
                  }
                  return null;
                }));
      }
      for (var each : sent) {
        each.get();
      }
    }
    assertThat(failed).as(failed.toString()).isEmpty();
    return nanos;
  }

  private static void print(String name, long[] all, int rest) {
    var nanos = new long[all.length / 2];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = all[2 * i + rest];
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "BENCH %s: p50 %.1f ms, p99 %.1f ms, most %.1f ms of %d%n",
        name,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        nanos.length);
  }

  @Test
  void anExamination() {
    var address = signed("alipay.trade.query", Map.of("out_trade_no", "N1"), "2026-08-25 10:00:00");
    var changed = address.toString().replace("N1", "N2");
    var doctors = SERVER.bean(WorldDoctors.class);
    var nanos = new long[200];
    long first = 0;
    for (int i = -50; i < nanos.length; i++) {
      long start = System.nanoTime();
      var found = doctors.examine(bench.world, changed, known -> known, null);
      first = first == 0 ? System.nanoTime() - start : first;
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
      assertThat(found.diagnoses()).isNotEmpty();
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "BENCH doctor, a text that was changed: first %.1f ms, p50 %.1f ms, p99 %.1f ms%n",
        first / 1e6,
        nanos[100] / 1e6,
        nanos[198] / 1e6);
  }
}
