package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.script.Script;

/** Whether scenarios notice defective stand-ins: each is played until one of them fails. */
public final class MutantRun {

  private final Server server;
  private final int parallel;
  private final String run;

  public MutantRun(Server server, int parallel, String run) {
    this.server = server;
    this.parallel = parallel;
    this.run = run;
  }

  /**
   * @param killedBy the scenarios that failed with it; empty when it survived
   */
  public record Mutant(String name, List<String> killedBy) {}

  public record Report(List<Mutant> mutants, int killed, int survived) {}

  public Report play(List<Script> scripts) {
    List<Mutant> mutants = new ArrayList<>();
    for (var name : names()) {
      mutants.add(new Mutant(name, killers(name, scripts)));
    }
    int killed = (int) mutants.stream().filter(mutant -> !mutant.killedBy().isEmpty()).count();
    return new Report(mutants, killed, mutants.size() - killed);
  }

  private List<String> killers(String mutant, List<Script> scripts) {
    var defective = scripts.stream().map(script -> script.withMutants(List.of(mutant))).toList();
    // A few at a time, so that the first to notice saves the rest.
    for (int from = 0; from < defective.size(); from += parallel) {
      var some = defective.subList(from, Math.min(defective.size(), from + parallel));
      var killers =
          new PackRun(server, parallel, run + mutant, 1)
              .play(some, _ -> {}).stream()
                  .filter(verdict -> !verdict.passed())
                  .map(verdict -> verdict.script().name())
                  .toList();
      if (!killers.isEmpty()) {
        return killers;
      }
    }
    return List.of();
  }

  private List<String> names() {
    return new SandboxClient(server.outbound())
        .get(URI.create(server.origin() + "/api/mutants"), server.adminKey())
        .path("items")
        .valueStream()
        .map(mutant -> mutant.path("name").asString())
        .toList();
  }
}
