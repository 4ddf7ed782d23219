package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantOfAnotherWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.web.check.alipay.AlipayApplication;
import org.actsandbox.web.check.alipay.AlipayShopCheck;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Checks a merchant by the standard's rules for a payee and reports what to mend. */
@Command(
    name = "check-merchant",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a merchant: its address, or the name of one of the sandbox's own such as raileast.",
      "Makes a world of its own with payment service, clock and faults, unless --world names one."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:conforms",
      "1:a deviation, a known deviation that no longer occurs, or a MUST that was not proven",
      "2:wrong usage, or a file that cannot be read or written",
      "3:the merchant cannot be reached",
      "4:a check broke"
    })
final class CheckMerchantCommand implements Callable<Integer> {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
  private static final int UNREACHABLE = 3;
  private static final int HARNESS = 4;

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(
      paramLabel = "URL",
      arity = "0..1",
      description = "Address of the merchant, or the name of one of the sandbox's own")
  private @Nullable String merchant;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "gate (one paid resource), order (also carts) or shop (all, the default)")
  private @Nullable CheckLevel level;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "What cannot be found, and the known deviations (docs/check-merchant.md)")
  private @Nullable Path config;

  @Option(names = "--init", paramLabel = "FILE", description = "Find out and write the --config")
  private @Nullable Path init;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "act",
      description =
          "The profile to check: act (default), or alipay for pay per use (docs/alipay.md)")
  private String profile = "act";

  @Option(
      names = "--only",
      paramLabel = "RULE",
      arity = "1..*",
      description = "Only these: rules by number, checks (bill.signature), areas, assertions")
  private List<String> only = List.of();

  @Option(names = "--list", description = "Show the checks of the level")
  private boolean list;

  @Mixin private CheckReportOptions reports = new CheckReportOptions();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A sandbox that runs elsewhere; its world is named with --world")
  private @Nullable URI elsewhere;

  @Option(
      names = "--world",
      paramLabel = "NAME",
      description = "A world of the running sandbox, in place of one of its own")
  private @Nullable String world;

  @Option(
      names = "--admin-key",
      paramLabel = "KEY",
      description = "Admin key or start token of --server")
  private @Nullable String adminKey;

  @Option(
      names = "--start",
      paramLabel = "COMMAND",
      description =
          "Start the merchant with this command once it is registered: it finds ACT_PSP, ACT_KEY"
              + " and the others in its environment, and is stopped at the end")
  private @Nullable String start;

  @Option(
      names = "--env",
      paramLabel = "FILE",
      description = "Write what the merchant must know of the world, as lines NAME=VALUE")
  private @Nullable Path env;

  @Option(
      names = "--call-seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Seconds for one answer, 1 to 60 (default: ${DEFAULT-VALUE})")
  private int callSeconds;

  @Option(
      names = "--limit-seconds",
      paramLabel = "N",
      defaultValue = "300",
      description = "Seconds after which no check begins (default: ${DEFAULT-VALUE})")
  private int limitSeconds;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (list && isAlipay()) {
      return printed(AlipayShopCheck.select(only));
    }
    if (list) {
      return printed(MerchantSuite.select(chosenLevel(CheckConfig.EMPTY), only));
    }
    var read = checkedUsage();
    var address = address();
    try (var outbound = new PooledOutboundClient(uri -> isAllowed(uri, address))) {
      if (world != null) {
        return check(existing(new SandboxClient(outbound)), outbound, address, read);
      }
      if (elsewhere != null) {
        return check(
            new SandboxClient(outbound).newWorld(elsewhere, adminKey, settings(address)),
            outbound,
            address,
            read);
      }
      try (var data = TemporaryFolder.create("act-check");
          var own = EmbeddedServer.start(0, data.path(), "127.0.0.1", serverSettings(address))) {
        return check(
            new SandboxClient(outbound).newWorld(own.origin(), null, settings(address)),
            outbound,
            address,
            read);
      }
    }
  }

  private CheckConfig checkedUsage() throws IOException {
    if (merchant == null) {
      throw wrongUsage("give the address of a merchant, or the name of one of the sandbox's own");
    }
    if (!profile.equals("act") && !isAlipay()) {
      throw wrongUsage("--profile is act or alipay, and not " + profile);
    }
    if (isAlipay()
        && (!String.valueOf(merchant).contains("://") || (world == null && start == null))) {
      throw wrongUsage(
          "--profile alipay takes the address of the paid resource, and --world with a running"
              + " sandbox in which its application is registered, or --start");
    }
    if (callSeconds < 1 || callSeconds > 60 || limitSeconds < 1) {
      throw wrongUsage("--call-seconds is 1 to 60, --limit-seconds at least 1");
    }
    ReportFiles.requireWritable("--init", init);
    ReportFiles.requireWritable("--env", env);
    reports.requireWritable();
    CheckConfig read;
    try {
      read = config == null ? CheckConfig.EMPTY : CheckConfig.read(config);
    } catch (CheckConfig.Invalid invalid) {
      throw wrongUsage(String.valueOf(invalid.getMessage()));
    } catch (IOException unreadable) {
      throw wrongUsage("--config cannot be read: " + config);
    }
    if (isAlipay()) {
      if (AlipayShopCheck.select(only).isEmpty()) {
        throw wrongUsage("--only names no check of the profile alipay");
      }
    } else if (MerchantSuite.select(chosenLevel(read), only).isEmpty()) {
      throw wrongUsage("--only names no check of level " + chosenLevel(read).code());
    }
    return read;
  }

  private boolean isAlipay() {
    return profile.equals("alipay");
  }

  private CheckLevel chosenLevel(CheckConfig read) {
    var said = read.content().path("level").asString("shop");
    try {
      return level == null ? CheckLevel.valueOf(said.toUpperCase(Locale.ROOT)) : level;
    } catch (IllegalArgumentException unknown) {
      throw wrongUsage("level is gate, order or shop, and not " + said);
    }
  }

  /** Returns the address of the merchant; empty for the name of one of the sandbox's own. */
  private Optional<URI> address() {
    var given = Objects.requireNonNull(merchant);
    if (!given.contains("://")) {
      return Optional.empty();
    }
    try {
      var address = new URI(given.replaceAll("/+$", ""));
      var scheme = String.valueOf(address.getScheme());
      if ((!scheme.equals("http") && !scheme.equals("https"))
          || address.getHost() == null
          || address.getUserInfo() != null) {
        throw wrongUsage("the address begins with http:// or https:// and a host: " + given);
      }
      return Optional.of(address);
    } catch (java.net.URISyntaxException malformed) {
      throw wrongUsage("this is no address: " + given);
    }
  }

  private boolean isAllowed(URI uri, Optional<URI> address) {
    var host = String.valueOf(uri.getHost());
    return "localhost".equals(host)
        || (elsewhere != null && host.equals(elsewhere.getHost()))
        || address.filter(each -> host.equals(each.getHost())).isPresent();
  }

  /** Lets the server call a merchant that is not on this machine. */
  private String[] serverSettings(Optional<URI> address) {
    var host = address.map(each -> String.valueOf(each.getHost())).orElse("localhost");
    var settings = new ArrayList<>(List.of(server.settings()));
    if (!LOOPBACK.contains(host)) {
      settings.add("--act.outbound-hosts=" + host);
    }
    return settings.toArray(String[]::new);
  }

  /**
   * Returns the settings of the check's own world. Its clock stands; for a merchant outside it
   * stands at the machine's time, which that merchant may keep.
   */
  private static Object settings(Optional<URI> address) {
    return CheckWorld.settings(
        address.isEmpty()
            ? CheckWorld.TIME_OF_MOCKS
            : Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Returns the world that was named; without it there is no verdict on the merchant. */
  private TargetWorld existing(SandboxClient client) throws IOException {
    var name = Objects.requireNonNull(world);
    try {
      return elsewhere == null
          ? server.running().target(client, name)
          : client.ownWorld(elsewhere, Objects.requireNonNullElse(adminKey, ""), name);
    } catch (UnexpectedReply | NoAnswerException refused) {
      throw wrongUsage("--world %s cannot be used: %s".formatted(name, refused.getMessage()));
    }
  }

  private int check(
      TargetWorld targetWorld,
      PooledOutboundClient outbound,
      Optional<URI> address,
      CheckConfig read)
      throws IOException {
    var run =
        Long.toString(ProcessHandle.current().pid(), 36) + Long.toString(System.nanoTime(), 36);
    var checkWorld = new CheckWorld(targetWorld, outbound, run);
    if (isAlipay()) {
      return alipay(checkWorld, address.orElseThrow());
    }
    var inside = address.filter(each -> each.toString().startsWith(targetWorld.at("/").toString()));
    if (address.isEmpty() || inside.isPresent()) {
      var id =
          inside.map(each -> each.getPath().replaceAll(".*/", "")).orElse(String.valueOf(merchant));
      return checked(session(mock(checkWorld, id, read), checkWorld, read), null);
    }
    return outside(checkWorld, address.get(), read);
  }

  private CheckSession.Limits limits() {
    return new CheckSession.Limits(
        Duration.ofSeconds(callSeconds), Duration.ofSeconds(limitSeconds));
  }

  /**
   * Checks a seller of Alipay's profile, which is started with an application of its own or runs.
   */
  private int alipay(CheckWorld checkWorld, URI resource) throws IOException {
    var check = new AlipayShopCheck(checkWorld, resource, limits());
    if (start == null) {
      return reported(check.play(only, reports.deviatedBefore(), reports::print));
    }
    var settings = AlipayApplication.register(checkWorld, resource);
    if (env != null) {
      Files.writeString(env, settings);
    }
    try (var started = StartedMerchant.start(start, settings)) {
      reach(check::reach, started);
      return reported(check.play(only, reports.deviatedBefore(), reports::print));
    } catch (StartedMerchant.NotAnswering ended) {
      System.err.println("act-sandbox: --start did not start the merchant: " + ended.getMessage());
      return UNREACHABLE;
    }
  }

  private MerchantTarget mock(CheckWorld checkWorld, String id, CheckConfig read) {
    var known = checkWorld.target().keys().merchants().keySet();
    if (!known.contains(id)) {
      throw wrongUsage(
          "the sandbox has no merchant %s; it has %s".formatted(id, String.join(", ", known)));
    }
    return MerchantTarget.mock(checkWorld, id, read.content());
  }

  private int outside(CheckWorld checkWorld, URI address, CheckConfig read) throws IOException {
    boolean gate = chosenLevel(read) == CheckLevel.GATE;
    var base = gate ? address.resolve("/").toString().replaceAll("/$", "") : address.toString();
    var content = (ObjectNode) read.content().deepCopy();
    if (gate && content.at("/resource/url").isMissingNode()) {
      content.withObject("/resource").put("url", address.toString());
    }
    var registered =
        CheckRegistration.register(
            checkWorld, base, content, chosenLevel(read), gate ? address.getRawPath() : null);
    var view = start == null ? registered : checkWorld.withPrivateKey(registered);
    if (env != null) {
      Files.writeString(env, view.path("env").asString(""));
    }
    var target =
        MerchantTarget.outside(checkWorld, URI.create(base), view.path("id").asString(), content);
    var session = session(target, checkWorld, read);
    if (start == null) {
      return checked(session, null);
    }
    // An older merchant there would be checked in place of the one that is to be started.
    if (answers(session)) {
      System.err.println(
          "act-sandbox: something answers at %s before --start: stop it, or leave --start out"
              .formatted(base));
      return UNREACHABLE;
    }
    try (var started = StartedMerchant.start(start, view.path("env").asString(""))) {
      return checked(session, started);
    }
  }

  private static boolean answers(CheckSession session) {
    try {
      session.reach();
      return true;
    } catch (MerchantSilent silent) {
      return false;
    }
  }

  private CheckSession session(MerchantTarget target, CheckWorld checkWorld, CheckConfig read) {
    return new CheckSession(target, checkWorld, chosenLevel(read), read, limits());
  }

  private int checked(CheckSession session, @Nullable StartedMerchant started) throws IOException {
    try {
      reach(session::reach, started);
    } catch (MerchantSilent silent) {
      System.err.println("act-sandbox: the merchant cannot be reached: " + silent.getMessage());
      return UNREACHABLE;
    } catch (MerchantOfAnotherWorld wrongWorld) {
      throw wrongUsage(String.valueOf(wrongWorld.getMessage()));
    } catch (StartedMerchant.NotAnswering ended) {
      System.err.println("act-sandbox: --start did not start the merchant: " + ended.getMessage());
      return UNREACHABLE;
    }
    if (init != null) {
      Files.writeString(init, session.discovered().toPrettyString() + "\n");
      System.err.println("written: " + init);
      return ExitCodes.OK;
    }
    return reported(session.play(only, reports.deviatedBefore(), reports::print));
  }

  private int reported(CheckReport report) throws IOException {
    reports.write(report);
    return switch (report.total()) {
      case CONFORMS -> ExitCodes.OK;
      case DEVIATES, INCOMPLETE -> ExitCodes.FAILED;
      case HARNESS_ERROR -> HARNESS;
    };
  }

  /** Calls the merchant; one that was just started gets time to listen while its command runs. */
  private static void reach(Runnable call, @Nullable StartedMerchant started) {
    if (started == null) {
      call.run();
    } else {
      started.awaitAnswer(call);
    }
  }

  private int printed(List<org.actsandbox.scenarios.check.model.MerchantCheck> checks) {
    checks.forEach(
        check ->
            System.out.printf(
                "%-34s %-6s %-6s %s%n",
                check.id(), check.level().code(), check.strength(), check.does()));
    return ExitCodes.OK;
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
