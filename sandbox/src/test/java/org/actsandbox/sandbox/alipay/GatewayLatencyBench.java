package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures verify and confirm at a hundred requests a second over HTTP, each counted from when it
 * was due, and an examination by the signature doctor ({@code -Dact.bench=alipay}); the figures are
 * in docs/performance-notes.md.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*alipay.*")
class GatewayLatencyBench {

  private static final int WARM = 400;
  private static final int MEASURED = 600;
  private static final int ROUNDS = Integer.getInteger("act.bench.rounds", 3);
  private static final Duration IN_TURN = Duration.ZERO;
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private final AlipayBench bench = new AlipayBench();
  private final HttpClient client = HttpClient.newHttpClient();

  /** Returns calls of both methods in turn; none waits for another, so none can overtake it. */
  private List<URI> calls(int count) {
    var verified = bench.paid();
    var calls = new ArrayList<URI>();
    for (int i = 0; i < count / 2; i++) {
      calls.add(
          bench.signed(
              "alipay.aipay.agent.payment.verify",
              Map.of("trade_no", verified, "payment_proof", "p", "client_session", "s"),
              "2026-08-25 10:00:00"));
      calls.add(
          bench.signed(
              "alipay.aipay.agent.fulfillment.confirm",
              Map.of("trade_no", bench.paid()),
              "2026-08-25 10:00:01"));
    }
    return calls;
  }

  /**
   * Sends the calls in rounds of six seconds, because other work of the machine comes and goes, and
   * says with each how busy the machine was.
   */
  @Test
  void verifyAndConfirmAtAHundredRequestsASecond() throws Exception {
    bench.set("{\"approve_automatically\":true}");
    var calls = calls(WARM + ROUNDS * MEASURED);
    run(calls.subList(0, WARM), IN_TURN);
    for (int round = 0; round < ROUNDS; round++) {
      int from = WARM + round * MEASURED;
      var nanos = run(calls.subList(from, from + MEASURED), BETWEEN);
      print("verify", nanos, 0);
      print("confirm", nanos, 1);
    }
  }

  /** Measures what a call takes of a processor, which other work of the machine hardly changes. */
  @Test
  void theProcessorTimeOfACall() throws Exception {
    bench.set("{\"approve_automatically\":true}");
    var calls = calls(WARM + MEASURED);
    run(calls.subList(0, WARM), IN_TURN);
    long before = processorNanos();
    run(calls.subList(WARM, calls.size()), IN_TURN);
    double perCall = (processorNanos() - before) / 1e6 / MEASURED;
    double rsa = rsaMillis();
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

  /**
   * Sends the calls and returns what each took from when it was due.
   *
   * @param between the time from one call to the next; zero sends each when the last is answered
   */
  private long[] run(List<URI> calls, Duration between) throws Exception {
    var nanos = new long[calls.size()];
    var failed = new ConcurrentHashMap<Integer, String>();
    var sent = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int i = 0; i < calls.size(); i++) {
        int number = i;
        long due = between.isZero() ? System.nanoTime() : start + number * between.toNanos();
        LockSupport.parkNanos(due - System.nanoTime());
        var call =
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
                });
        if (between.isZero()) {
          call.get();
        }
        sent.add(call);
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
        "BENCH %s: p50 %.1f ms, p99 %.1f ms, most %.1f ms of %d, load %.1f%n",
        name,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        nanos.length,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  @Test
  void anExamination() {
    var address =
        bench.signed("alipay.trade.query", Map.of("out_trade_no", "N1"), "2026-08-25 10:00:00");
    var changed = address.toString().replace("N1", "N2");
    var doctors = SERVER.bean(WorldDoctors.class);
    var nanos = new long[200];
    long first = 0;
    long firstOfProcessor = 0;
    var threads = ManagementFactory.getThreadMXBean();
    for (int i = -50; i < nanos.length; i++) {
      long processor = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      var found = doctors.examine(bench.world, changed, known -> known, null);
      if (first == 0) {
        first = System.nanoTime() - start;
        firstOfProcessor = threads.getCurrentThreadCpuTime() - processor;
      }
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
      assertThat(found.diagnoses()).isNotEmpty();
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "BENCH doctor, a text that was changed: first %.1f ms (%.1f ms of a processor), p50"
            + " %.1f ms, p99 %.1f ms%n",
        first / 1e6,
        firstOfProcessor / 1e6,
        nanos[100] / 1e6,
        nanos[198] / 1e6);
  }
}
