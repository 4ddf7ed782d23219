package org.actsandbox.scenarios.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.actsandbox.protocol.http.OutboundClient;
import org.jspecify.annotations.Nullable;

/**
 * Holds the figures of a server that count work, as its metrics tell them at one moment.
 *
 * @param counts the figures by the name in a report
 */
record ServerCost(Map<String, Double> counts) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Time between two readings. A server is at rest after two pauses without work: events wait for
   * each other for a second until they are recorded, and after two seconds the server tidies its
   * file, which is no part of a purchase.
   */
  private static final Duration PAUSE = Duration.ofMillis(550);

  /** Limits how often the figures are read until they no longer change: for a minute. */
  private static final int MAX_READS = 110;

  private static final Pattern LINE =
      Pattern.compile("(?m)^([a-z0-9_]+)(?:[{][^}]*[}])? ([0-9.E+-]+)$");

  /**
   * Figures that a reading itself raises. All others are left as they are: the server may tidy its
   * file between two readings.
   */
  private static final Set<String> RAISED_BY_READING =
      Set.of("allocated_bytes", "exchanges", "processor_ns");

  /** Reports' names of the figures by their names in metrics. */
  private static final Map<String, String> NAMES = names();

  private static Map<String, String> names() {
    var names = new LinkedHashMap<String, String>();
    names.put("act_database_executions_total", "sql_executions");
    names.put("act_database_connections_total", "connections");
    names.put("act_database_transactions_total", "transactions");
    names.put("act_database_commits_total", "durable_waits");
    names.put("act_database_written_bytes_total", "file_written_bytes");
    for (var cost : ProtocolCost.values()) {
      names.put("act_" + cost.code() + "_total", cost.code());
    }
    names.put("act_allocated_bytes_total", "allocated_bytes");
    names.put("act_exchange_seconds_count", "exchanges");
    names.put("process_cpu_time_ns_total", "processor_ns");
    return Map.copyOf(names);
  }

  /**
   * Holds the figures of a server at rest.
   *
   * @param first the figures as soon as nothing was left to do
   * @param second the figures one reading later, so that the difference is what a reading costs
   * @param last the figures when it was certain that nothing was left
   * @param readings how often they were read, with the first
   */
  record AtRest(ServerCost first, ServerCost second, ServerCost last, int readings) {

    /**
     * Returns what each of {@code purchases} has cost since an earlier rest, with two decimals and
     * without what the readings themselves cost.
     */
    Map<String, Double> per(long purchases, AtRest before) {
      var ofReading = new TreeMap<>(second.counts());
      ofReading.keySet().retainAll(RAISED_BY_READING);
      ofReading.replaceAll(
          (name, count) -> readings * (count - first.counts().getOrDefault(name, 0.0)));
      var since = new TreeMap<>(first.counts());
      since.replaceAll((name, count) -> count - ofReading.getOrDefault(name, 0.0));
      return new ServerCost(since).per(purchases, before.last());
    }
  }

  /**
   * Reads the figures when the server is at rest: what follows a purchase in the background belongs
   * to it.
   *
   * @param nodes addresses of its nodes, whose figures are added up
   * @return empty figures if the server does not answer its metrics
   */
  static AtRest atRest(OutboundClient client, List<URI> nodes, @Nullable String adminKey)
      throws InterruptedException {
    var first = read(client, nodes, adminKey);
    var second = first;
    var next = first;
    int firstReading = 1;
    for (int reading = 2; reading <= MAX_READS && reading < firstReading + 3; reading++) {
      Thread.sleep(PAUSE);
      next = read(client, nodes, adminKey);
      if (!next.work().equals(first.work())) {
        first = next;
        firstReading = reading;
      } else if (reading == firstReading + 1) {
        second = next;
      }
    }
    return new AtRest(first, firstReading < MAX_READS ? second : first, next, firstReading);
  }

  private static ServerCost read(
      OutboundClient client, List<URI> nodes, @Nullable String adminKey) {
    var counts = new TreeMap<String, Double>();
    nodes.forEach(
        node ->
            LINE.matcher(metrics(client, node, adminKey))
                .results()
                .filter(line -> NAMES.containsKey(line.group(1)))
                .forEach(
                    line ->
                        counts.merge(
                            NAMES.get(line.group(1)), Double.valueOf(line.group(2)), Double::sum)));
    return new ServerCost(counts);
  }

  private static String metrics(OutboundClient client, URI node, @Nullable String adminKey) {
    var headers =
        adminKey == null ? Map.<String, String>of() : Map.of("Authorization", "Bearer " + adminKey);
    var answer =
        client.send(OutboundClient.Call.get(URI.create(node + "/metrics"), headers, TIMEOUT));
    return answer.isSuccess() ? new String(answer.body(), StandardCharsets.UTF_8) : "";
  }

  /** Returns the figures that do not change while the server is at rest. */
  private Map<String, Double> work() {
    var work = new TreeMap<>(counts);
    work.keySet().retainAll(Set.of("sql_executions", "json_writes", "signatures"));
    return work;
  }

  /** Returns what each of {@code purchases} has cost since {@code before}, with two decimals. */
  Map<String, Double> per(long purchases, ServerCost before) {
    var each = new TreeMap<String, Double>();
    counts.forEach(
        (name, count) ->
            each.put(
                name,
                Math.round(100 * (count - before.counts().getOrDefault(name, 0.0)) / purchases)
                    / 100.0));
    return each;
  }
}
