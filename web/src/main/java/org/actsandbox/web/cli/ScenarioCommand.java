package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.MutantRun;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.report.HtmlReport;
import org.actsandbox.scenarios.report.JunitReport;
import org.actsandbox.scenarios.report.PackReport;
import org.actsandbox.scenarios.script.InvalidScript;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays scenarios of the pack, or the user's own, as tests, and reports their results. */
@Command(
    name = "scenario",
    mixinStandardHelpOptions = true,
    description = {
      "Plays scenarios, each in a world of its own, and compares the end with what its file expects.",
      "Uses --target, else the server on the port if one runs there, else one of its own."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all passed",
      "1:at least one failed",
      "2:wrong usage, a file that cannot be read, or a report that cannot be written"
    })
final class ScenarioCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Scenarios of the pack by name, or your own .yaml files by path")
  private List<String> names = List.of();

  @Option(names = "--all", description = "The whole pack")
  private boolean all;

  @Option(names = "--list", description = "Show the pack: name, theme, title")
  private boolean list;

  @Option(names = "--target", paramLabel = "URL", description = "A sandbox that runs elsewhere")
  private @Nullable URI target;

  @Option(
      names = "--admin-key",
      paramLabel = "KEY",
      description =
          "Admin key or start token of the target; not needed on this machine, except to record a"
              + " world of another user's sandbox")
  private @Nullable String adminKey;

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML")
  private @Nullable Path junit;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a report for people")
  private @Nullable Path html;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Play each N times; their journals must be the same (default: ${DEFAULT-VALUE})")
  private int repeat;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = "Scenarios at a time, 1 to 64 (default: ${DEFAULT-VALUE})")
  private int parallel;

  @Option(
      names = "--mutants",
      description = {
        "Play against each defective stand-in and say which scenario notices it first;",
        "with --all, or with names, every one that does"
      })
  private boolean mutants;

  @Option(
      names = "--record",
      paramLabel = "WORLD",
      description =
          "Record what happened in that world of a running server and print it as a scenario")
  private @Nullable String record;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "recorded",
      description = "Name of the recorded scenario (default: ${DEFAULT-VALUE})")
  private String recordName = "recorded";

  @Option(names = "--in-process", description = "Never use a running server")
  private boolean inProcess;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var scenarioPack = ScenarioPack.load();
    if (list) {
      ScenarioList.print(scenarioPack.all(), json);
      return ExitCodes.OK;
    }
    List<Script> scripts;
    try {
      scripts = record == null ? chosen(scenarioPack) : List.of();
    } catch (InvalidScript refused) {
      System.err.println(refused.getMessage());
      return ExitCodes.USAGE;
    }
    // Before the first scenario, so that the report of a long run is not lost at its end.
    ReportFiles.requireWritable("--junit", junit);
    ReportFiles.requireWritable("--html", html);
    try (var outbound = new PooledOutboundClient(this::isAllowed)) {
      var client = new SandboxClient(outbound);
      var origin =
          target == null
              ? URI.create("http://localhost:" + server.port)
              : withoutTrailingSlash(target);
      if (record != null) {
        RecordedScenarioPrinter.print(client, origin, record, recordName, adminKey);
        return ExitCodes.OK;
      }
      if (!inProcess && client.isSandbox(origin)) {
        return play(scripts, new TargetServer(origin, adminKey, outbound));
      }
      if (target != null) {
        throw new ServerStartFailure("no sandbox answers at " + target, null);
      }
      return playInProcess(scripts, outbound);
    }
  }

  private int playInProcess(List<Script> scripts, PooledOutboundClient outbound)
      throws IOException {
    try (var data = TemporaryFolder.create("act-scenarios");
        var own = EmbeddedServer.start(0, data.path(), "127.0.0.1", server.settings())) {
      return play(scripts, new TargetServer(own.origin(), null, outbound));
    }
  }

  private int play(List<Script> scripts, TargetServer sandbox) {
    var run = Long.toString(ProcessHandle.current().pid(), 36) + System.nanoTime();
    return mutants ? playMutants(scripts, sandbox, run) : playAll(scripts, sandbox, run);
  }

  private int playAll(List<Script> scripts, TargetServer sandbox, String run) {
    long started = System.nanoTime();
    var scenarioVerdicts =
        new PackRun(sandbox, parallel, run, repeat).play(scripts, this::printResult);
    var took = Duration.ofNanos(System.nanoTime() - started);
    var report = PackReport.of(scenarioVerdicts, took);
    if (json) {
      System.out.println(Json.write(report));
    } else {
      System.out.printf(
          "%d passed, %d failed, %s s%n", report.passed(), report.failed(), report.seconds());
    }
    if (junit != null) {
      JunitReport.write(junit, scenarioVerdicts, took, this::replay);
    }
    if (html != null) {
      HtmlReport.write(html, scenarioVerdicts, took, this::replay);
    }
    return report.failed() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private int playMutants(List<Script> scripts, TargetServer sandbox, String run) {
    var report =
        new MutantRun(sandbox, parallel, run)
            .play(scripts, all || !names.isEmpty(), this::printResult);
    if (json) {
      System.out.println(Json.write(report));
    } else {
      System.out.printf("%d killed, %d survived%n", report.killed(), report.survived());
    }
    return report.survived() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private synchronized void printResult(MutantRun.Mutant mutant) {
    (json ? System.err : System.out)
        .printf(
            "%-36s %s%n",
            mutant.name(),
            mutant.killedBy().isEmpty()
                ? "SURVIVED"
                : "killed by " + String.join(", ", mutant.killedBy()));
  }

  private synchronized void printResult(ScenarioVerdict scenarioVerdict) {
    var out = json ? System.err : System.out;
    var scenarioFailure = scenarioVerdict.failure();
    if (scenarioFailure == null) {
      out.printf(
          "ok     %s (%d ms)%n",
          scenarioVerdict.script().name(), scenarioVerdict.took().toMillis());
    } else {
      out.println(
          FailureText.of(
              scenarioVerdict, scenarioFailure, replay(scenarioVerdict.script().name())));
    }
  }

  private String replay(String name) {
    var named = names.stream().filter(each -> Path.of(each).endsWith(name + ".yaml")).findFirst();
    return "./run scenario "
        + named.orElse(name)
        + (target == null ? server.portOption() : " --target " + target)
        + (repeat == 1 ? "" : " --repeat " + repeat);
  }

  private List<Script> chosen(ScenarioPack scenarioPack) {
    if (repeat < 1 || repeat > 1_000 || parallel < 1 || parallel > 64) {
      throw wrongUsage("--repeat is 1 to 1000, --parallel 1 to 64");
    }
    if (!names.isEmpty() && all) {
      throw wrongUsage("give names or --all, not both");
    }
    if (!names.isEmpty()) {
      return names.stream().distinct().map(scenarioPack::find).toList();
    }
    if (all || mutants) {
      return scenarioPack.all();
    }
    throw wrongUsage("give names of scenarios, or --all; --list shows them");
  }

  private boolean isAllowed(URI uri) {
    return "localhost".equals(uri.getHost())
        || (target != null && String.valueOf(target.getHost()).equals(uri.getHost()));
  }

  private static URI withoutTrailingSlash(URI origin) {
    return URI.create(origin.toString().replaceAll("/+$", ""));
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
  }
}
