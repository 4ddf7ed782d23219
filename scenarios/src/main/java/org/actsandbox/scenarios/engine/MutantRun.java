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
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.script.Script;

/**
 * Whether scenarios notice defective stand-ins. Those that say they have to notice one are played
 * against it first; the others follow while it survives.
 */
public final class MutantRun {

  private final TargetServer targetServer;
  private final int parallel;
  private final PackRun honest;
  private final PackRun defective;

  /** Whether each passes when nothing is defective: one that fails anyway notices nothing. */
  private final Map<String, Boolean> sound = new ConcurrentHashMap<>();

  public MutantRun(TargetServer targetServer, int parallel, String run) {
    this.targetServer = targetServer;
    this.parallel = parallel;
    this.honest = new PackRun(targetServer, 1, run, 1);
    this.defective = new PackRun(targetServer, 1, run, 1).deletingFailedWorlds();
  }

  /**
   * @param killedBy the scenarios that failed with it and pass without; empty when it survived
   */
  public record Mutant(String name, List<String> killedBy) {}

  public record Report(List<Mutant> mutants, int killed, int survived) {}

  /**
   * @param all whether to play every scenario against every one, instead of until the first notices
   * @param progress told of each as it is done, in any order, on any thread
   */
  public Report play(List<Script> scripts, boolean all, Consumer<Mutant> progress) {
    try (var threads = Executors.newFixedThreadPool(parallel, Thread.ofVirtual().factory())) {
      var running =
          names().stream()
              .map(
                  name ->
                      threads.submit(
                          () -> {
                            var mutant = new Mutant(name, killers(name, scripts, all));
                            progress.accept(mutant);
                            return mutant;
                          }))
              .toList();
      var mutants = running.stream().map(PackRun::result).toList();
      int killed = (int) mutants.stream().filter(each -> !each.killedBy().isEmpty()).count();
      return new Report(mutants, killed, mutants.size() - killed);
    }
  }

  /** Names of the defective stand-ins the server has. */
  public List<String> names() {
    return new SandboxClient(targetServer.outbound())
        .get(URI.create(targetServer.origin() + "/api/mutants"), targetServer.adminKey())
        .path("items")
        .valueStream()
        .map(mutant -> mutant.path("name").asString())
        .toList();
  }

  /** Whether the scenario fails against the stand-in, and passes without it. */
  public boolean isKilledBy(String mutant, Script script) {
    return !defective.play(script.withMutants(List.of(mutant))).passed() && isSound(script);
  }

  private List<String> killers(String mutant, List<Script> scripts, boolean all) {
    List<String> killers = new ArrayList<>();
    for (var script : inOrder(mutant, scripts).toList()) {
      if (isKilledBy(mutant, script)) {
        killers.add(script.name());
        if (!all) {
          break;
        }
      }
    }
    return List.copyOf(killers);
  }

  private static Stream<Script> inOrder(String mutant, List<Script> scripts) {
    return scripts.stream()
        .sorted(Comparator.comparing((Script script) -> !script.kills().contains(mutant)));
  }

  private boolean isSound(Script script) {
    // Once for all stand-ins: two at a time would want a world of the same name.
    return sound.computeIfAbsent(script.name(), _ -> honest.play(script).passed());
  }
}
