package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.scenarios.script.Script;

/**
 * Checks whether scenarios notice mutants, which are defective stand-ins for parts of the sandbox.
 * Scenarios that claim to notice a mutant are played against it first; the others follow until one
 * fails.
 */
public final class MutantRun {

  private final TargetServer targetServer;
  private final int parallel;
  private final PackRun withoutMutant;
  private final PackRun withMutant;

  /**
   * Remembers by scenario whether it passes without a mutant: one that fails anyway notices
   * nothing.
   */
  private final Map<String, Boolean> passesWithoutMutant = new ConcurrentHashMap<>();

  public MutantRun(TargetServer targetServer, int parallel, String run) {
    this.targetServer = targetServer;
    this.parallel = parallel;
    this.withoutMutant = new PackRun(targetServer, 1, run, 1);
    this.withMutant = new PackRun(targetServer, 1, run, 1).deletingFailedWorlds();
  }

  /**
   * Holds the result for one mutant.
   *
   * @param killedBy the scenarios that fail with the mutant and pass without it; empty if it
   *     survived
   */
  public record Mutant(String name, List<String> killedBy) {}

  /** Holds the results for all mutants. */
  public record Report(List<Mutant> mutants, int killed, int survived) {}

  /**
   * Plays the scenarios against every mutant.
   *
   * @param all whether to play every scenario against every mutant; otherwise the first scenario
   *     that notices a mutant is enough
   * @param progress called with the result for each mutant, in any order, on any thread
   */
  public Report play(List<Script> scripts, boolean all, Consumer<Mutant> progress) {
    try (var threads = Executors.newFixedThreadPool(parallel, Thread.ofVirtual().factory())) {
      var running =
          names().stream()
              .map(
                  name ->
                      threads.submit(
                          () -> {
                            var mutant = new Mutant(name, killedBy(name, scripts, all));
                            progress.accept(mutant);
                            return mutant;
                          }))
              .toList();
      var mutants = running.stream().map(PackRun::result).toList();
      int killed = (int) mutants.stream().filter(each -> !each.killedBy().isEmpty()).count();
      return new Report(mutants, killed, mutants.size() - killed);
    }
  }

  /** Returns the names of the mutants that the server has. */
  private List<String> names() {
    return new SandboxClient(targetServer.outbound())
        .get(URI.create(targetServer.origin() + "/api/mutants"), targetServer.adminKey())
        .path("items")
        .valueStream()
        .map(mutant -> mutant.path("name").asString())
        .toList();
  }

  /** Tells whether the scenario fails with the mutant and passes without it. */
  public boolean isKilledBy(String mutant, Script script) {
    return failsWith(mutant, script) && passesWithoutMutant(script);
  }

  /** Tells whether the scenario fails with the mutant; it may fail without it, too. */
  public boolean failsWith(String mutant, Script script) {
    return !withMutant.play(script.withMutants(List.of(mutant))).passed();
  }

  private List<String> killedBy(String mutant, List<Script> scripts, boolean all) {
    List<String> killedBy = new ArrayList<>();
    for (var script : inOrder(mutant, scripts).toList()) {
      if (isKilledBy(mutant, script)) {
        killedBy.add(script.name());
        if (!all) {
          break;
        }
      }
    }
    return List.copyOf(killedBy);
  }

  private static Stream<Script> inOrder(String mutant, List<Script> scripts) {
    return scripts.stream()
        .sorted(Comparator.comparing((Script script) -> !script.kills().contains(mutant)));
  }

  private boolean passesWithoutMutant(Script script) {
    // Once for all mutants: two runs at the same time would need worlds of the same name.
    return passesWithoutMutant.computeIfAbsent(
        script.name(), _ -> withoutMutant.play(script).passed());
  }
}
