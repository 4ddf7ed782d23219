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
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Limits how often the figures are read until they no longer change: for a minute. */
  private static final int MAX_READS = 240;

  private static final Pattern LINE =
      Pattern.compile("(?m)^([a-z0-9_]+)(?:[{][^}]*[}])? ([0-9.E+-]+)$");

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
   * Reads the figures when the server is at rest: what follows a purchase in the background belongs
   * to it.
   *
   * @param nodes addresses of its nodes, whose figures are added up
   * @return empty figures if the server does not answer its metrics
   */
  static ServerCost atRest(OutboundClient client, List<URI> nodes, @Nullable String adminKey)
      throws InterruptedException {
    var last = read(client, nodes, adminKey);
    for (int i = 0; i < MAX_READS; i++) {
      Thread.sleep(PAUSE);
      var next = read(client, nodes, adminKey);
      if (next.work().equals(last.work())) {
        return next;
      }
      last = next;
    }
    return last;
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
