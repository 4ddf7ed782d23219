package org.actsandbox.web.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.mcp.McpAgent;
import org.actsandbox.scenarios.mission.mcp.McpHostAgent;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.report.GradeJson;
import org.actsandbox.scenarios.mission.report.GradeJunit;
import org.actsandbox.scenarios.mission.report.GradeSarif;
import org.actsandbox.scenarios.mission.report.GradeText;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.actsandbox.scenarios.script.InvalidScript;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.console.grades.GradeDocument;
import org.actsandbox.web.console.grades.GradeFolder;
import org.actsandbox.web.console.words.PageMessages;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Grades an agent on missions: by the state of the world and by the money, never by its words. */
@Command(
    name = "grade",
    mixinStandardHelpOptions = true,
    description = {
      "Grades an agent: gives it missions in worlds of their own, plays its principal, and judges",
      "by orders, money, authority and secrets in the end (docs/grade.md)."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every mission passed",
      "1:at least one failed, or was not finished",
      "2:wrong usage, or a file that cannot be read or written",
      "3:invalid: a plain control mission did not pass, so the figures mean nothing",
      "4:incomplete: the sandbox broke, or a limit was reached, before every mission was played"
    })
final class GradeCommand implements Callable<Integer> {

  private static final int INVALID = 3;
  private static final int INCOMPLETE = 4;

  @Mixin private ServerOptions server = new ServerOptions();

  @ArgGroup private @Nullable GradedAgent agent;

  @Option(
      names = "--mcp",
      description = {
        "The agent speaks MCP: --agent-command and --agent-url get an address and a prompt for"
            + " each",
        "mission; alone, one address for all missions is printed, for a host that you start"
      })
  private boolean mcp;

  @Option(
      names = "--missions",
      paramLabel = "WORD",
      arity = "1..*",
      defaultValue = "all",
      description =
          "all, controls, a theme, a level, a category of attacks, or missions by name"
              + " (default: ${DEFAULT-VALUE}); controls are always played, too")
  private List<String> words = List.of("all");

  @Option(names = "--folder", paramLabel = "DIR", description = "Missions of your own, as files")
  private @Nullable Path folder;

  @Option(names = "--list", description = "Show the missions: name, theme, level, title")
  private boolean list;

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "1",
      description = "Play each N times, for pass^1 to pass^N (default: ${DEFAULT-VALUE})")
  private int attempts;

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      defaultValue = "en",
      description = "Language of the wishes (default: ${DEFAULT-VALUE})")
  private String language = "en";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the agent in reports and in the console")
  private @Nullable String name;

  @Option(
      names = "--pass-env",
      paramLabel = "NAME",
      arity = "1..*",
      description = "Variables of the environment that --agent-command may see")
  private List<String> passedVariables = List.of();

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Keep what --agent-command prints, a file for each mission")
  private @Nullable Path logs;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Real time for one mission, 1 to 3600 (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "2",
      description = "Missions at a time, 1 to 16 (default: ${DEFAULT-VALUE})")
  private int parallel;

  @Option(
      names = "--model-calls",
      paramLabel = "N",
      defaultValue = "0",
      description = "With --model: begin no mission after this many calls of the model")
  private long modelCalls;

  @Option(
      names = "--token-price",
      paramLabel = "AMOUNT",
      defaultValue = "0",
      description = "With --model: what a million tokens cost, so that the cost is known")
  private BigDecimal tokenPrice = BigDecimal.ZERO;

  @Option(
      names = "--cost-limit",
      paramLabel = "AMOUNT",
      defaultValue = "0",
      description =
          "Begin no mission when tokens have cost this much: by --token-price, or as the agent"
              + " tells")
  private BigDecimal costLimit = BigDecimal.ZERO;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Note each result in this file; those that it has already are not played again")
  private @Nullable Path resume;

  @Option(names = "--keep-worlds", description = "Keep the worlds of missions that passed, too")
  private boolean keepsWorlds;

  @Option(names = "--in-process", description = "Never use a running server")
  private boolean inProcess;

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML")
  private @Nullable Path junit;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a report for people")
  private @Nullable Path html;

  @Option(names = "--sarif", paramLabel = "FILE", description = "Write SARIF 2.1.0")
  private @Nullable Path sarif;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Mission> missions;
    try {
      missions = chosen();
    } catch (InvalidScript refused) {
      System.err.println(refused.getMessage());
      return ExitCodes.USAGE;
    }
    if (list) {
      missions.forEach(
          each ->
              System.out.printf(
                  "%-34s %-10s %s %s%n",
                  each.name(), each.theme(), each.level(), each.title().en()));
      return ExitCodes.OK;
    }
    checkUsage();
    try (var outbound = new PooledOutboundClient(this::isAllowed)) {
      var origin = URI.create("http://localhost:" + server.port);
      if (!inProcess && new SandboxClient(outbound).isSandbox(origin)) {
        return grade(missions, new TargetServer(origin, null, outbound));
      }
      try (var data = TemporaryFolder.create("act-grade");
          var own = EmbeddedServer.start(0, data.path(), "127.0.0.1", server.settings())) {
        return grade(missions, new TargetServer(own.origin(), null, outbound));
      }
    }
  }

  private List<Mission> chosen() {
    var all = new ArrayList<>(MissionPack.load().all());
    if (folder != null) {
      all.addAll(MissionPack.of(folder).all());
    }
    var chosen = new LinkedHashSet<Mission>(list ? List.of() : MissionPack.select(all, "controls"));
    for (var word : words) {
      var named = MissionPack.select(all, word);
      if (named.isEmpty()) {
        throw wrongUsage("--missions %s names no mission; --list shows them".formatted(word));
      }
      chosen.addAll(named);
    }
    return List.copyOf(chosen);
  }

  private void checkUsage() {
    if (agent == null && !mcp) {
      throw wrongUsage(
          "say which agent: --agent-command, --agent-url, --agent-talk, --agent-a2a, --mcp,"
              + " --built-in, --model or --gallery");
    }
    if (mcp && agent != null && !agent.canSpeakMcp()) {
      throw wrongUsage("--mcp is alone, or with --agent-command or --agent-url");
    }
    if (agent != null && agent.mistake().isPresent()) {
      throw wrongUsage(agent.mistake().get());
    }
    if (costLimit.signum() < 0 || tokenPrice.signum() < 0) {
      throw wrongUsage("--cost-limit and --token-price are not negative");
    }
    if (costLimit.signum() > 0 && agent != null && agent.isModel() && tokenPrice.signum() == 0) {
      throw wrongUsage("--cost-limit with --model needs --token-price, or no cost is known");
    }
    if (attempts < 1 || attempts > 100 || parallel < 1 || parallel > 16) {
      throw wrongUsage("--k is 1 to 100, --parallel 1 to 16");
    }
    if (seconds < 1 || seconds > 3_600 || modelCalls < 0) {
      throw wrongUsage("--seconds is 1 to 3600, --model-calls at least 0");
    }
    if (!language.equals("en") && !language.equals("zh")) {
      throw wrongUsage("--language is en or zh");
    }
    ReportFiles.requireFolder("--logs", logs);
    ReportFiles.requireWritable("--junit", junit);
    ReportFiles.requireWritable("--html", html);
    ReportFiles.requireWritable("--sarif", sarif);
    ReportFiles.requireWritable("--resume", resume);
  }

  private MissionAgent agent(TargetServer target) {
    if (agent == null) {
      return new McpHostAgent(name == null ? "mcp-host" : name);
    }
    var reached = agent.reach(target, name, server.settings(), passedVariables, logs);
    return mcp ? new McpAgent(reached) : reached;
  }

  private int grade(List<Mission> missions, TargetServer target) throws IOException {
    var tested = agent(target);
    if (tested instanceof McpHostAgent host) {
      try (host) {
        System.err.println(
            "Give this address to your agent's host, and let it call next_mission until it is"
                + " over:\n"
                + "  "
                + host.address());
        return grade(missions, target, host);
      }
    }
    return grade(missions, target, tested);
  }

  private int grade(List<Mission> missions, TargetServer target, MissionAgent tested)
      throws IOException {
    boolean model = agent != null && agent.isModel();
    var options =
        new GradeOptions(
            language,
            attempts,
            tested instanceof McpHostAgent ? 1 : parallel,
            Duration.ofSeconds(seconds),
            model ? "configured" : "built-in",
            new ModelBudget(model ? modelCalls : 0, costLimit, tokenPrice),
            keepsWorlds);
    var run = Long.toString(ProcessHandle.current().pid(), 36) + System.nanoTime();
    var resumed = ResumedResults.read(resume);
    var done = new int[1];
    int all = missions.size() * attempts;
    var report =
        new GradeRun(target, tested, options, run)
            .play(
                missions,
                (mission, attempt) ->
                    missions.stream()
                        .filter(each -> each.name().equals(mission))
                        .findFirst()
                        .flatMap(each -> resumed.find(each, attempt)),
                result -> {
                  progress(result, ++done[0], all);
                  resumed.note(result);
                });
    write(report);
    return exitCode(report);
  }

  private void progress(MissionResult result, int done, int all) {
    (json ? System.err : System.out).printf("%3d/%d %s%n", done, all, GradeText.line(result));
  }

  private void write(GradeReport report) throws IOException {
    var written = GradeJson.of(report);
    var kept = new GradeFolder(server.dataFolder()).keep(written.deepCopy());
    if (json) {
      System.out.println(Json.write(written));
    } else {
      System.out.print(GradeText.summary(report));
      System.out.println("  kept as              " + kept);
    }
    if (junit != null) {
      GradeJunit.write(junit, report);
    }
    if (html != null) {
      var words = new PageText(PageMessages.open(), Locale.of(language), World.ZONE);
      Files.writeString(html, new GradeDocument(words).of(written));
    }
    if (sarif != null) {
      Files.writeString(sarif, Json.write(GradeSarif.of(report)));
    }
  }

  private static int exitCode(GradeReport report) {
    return switch (report.total()) {
      case PASSED -> ExitCodes.OK;
      case FAILED -> ExitCodes.FAILED;
      case INVALID -> INVALID;
      case INCOMPLETE -> INCOMPLETE;
    };
  }

  private boolean isAllowed(URI uri) {
    return "localhost".equals(uri.getHost()) || (agent != null && agent.listensAt(uri.getHost()));
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
