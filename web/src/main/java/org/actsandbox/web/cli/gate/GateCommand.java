package org.actsandbox.web.cli.gate;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.kit.GateEvent;
import org.actsandbox.kit.http.ForwardedService;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.RunningServer;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets a service sell: puts a gate before it and adds the gate to a world as a merchant. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a gate before an HTTP service: a request without a payment is answered 402 with a"
          + " signed bill, a paid one is passed on, once, and the delivery is confirmed (A402;"
          + " docs/kit.md; in Alipay's profile docs/alipay.md).",
      "The gate is a merchant of the running sandbox; without one it starts one. Ends with Ctrl-C."
    })
public final class GateCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--target",
      paramLabel = "URL",
      required = true,
      description = "The service: http://localhost:9000")
  @SuppressWarnings("NullAway.Init") // required
  private URI target;

  @Option(
      names = "--price",
      paramLabel = "CNY",
      required = true,
      description = "What one request costs, such as 0.50")
  @SuppressWarnings("NullAway.Init") // required
  private String price;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      defaultValue = "/",
      description =
          "The paid path, with all below it (default: everything); other paths are answered 404")
  private String path = "/";

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "act",
      description = "Profile of the bill: act (default), or alipay for pay per use")
  private String profile = "act";

  @Option(
      names = "--listen",
      paramLabel = "PORT",
      defaultValue = "9402",
      description =
          "Port of the gate on this machine; 0 for any free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--world",
      paramLabel = "NAME",
      defaultValue = Worlds.DEMO,
      description = "World in which the gate is a merchant (default: ${DEFAULT-VALUE})")
  private String world = Worlds.DEMO;

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = "my-gate",
      description = "Its id there (default: ${DEFAULT-VALUE})")
  private String id = "my-gate";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "Time for one whole answer of the service, 1 to 600 (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--max-mib",
      paramLabel = "N",
      defaultValue = "64",
      description = "Longest answer of the service in MiB, 1 to 4096 (default: ${DEFAULT-VALUE})")
  private int maxMib;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var sale = sale();
    var running = RunningServer.at(server.port);
    if (running.isPresent()) {
      return sell(running.get(), sale);
    }
    try (var own =
        EmbeddedServer.start(server.port, server.dataFolder(), "127.0.0.1", server.settings())) {
      own.announce();
      return sell(server.running(), sale);
    }
  }

  private GateServer.Sale sale() {
    if (!profile.equals("act") && !profile.equals("alipay")) {
      throw wrongUsage("--profile is act or alipay, and not " + profile);
    }
    if (seconds < 1 || seconds > 600 || maxMib < 1 || maxMib > 4096) {
      throw wrongUsage("--seconds is 1 to 600, --max-mib 1 to 4096");
    }
    if (!path.startsWith("/") || !ForwardedService.covers(path, path.equals("/") ? "/x" : path)) {
      throw wrongUsage("--path begins with a slash and has no dot segments: " + path);
    }
    var limits = new ForwardedService.Limits(Duration.ofSeconds(seconds), maxMib * 1024L * 1024);
    try {
      if (Money.yuan(price).isZero()) {
        throw wrongUsage("--price is more than 0.00");
      }
      // Says early what is wrong with the address.
      new ForwardedService(target, limits);
    } catch (IllegalArgumentException wrong) {
      throw wrongUsage("--price or --target: " + wrong.getMessage());
    }
    return new GateServer.Sale(target, path, price, limits);
  }

  private int sell(RunningServer running, GateServer.Sale sale)
      throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    var folder = running.data().resolve("gates").resolve(world);
    try (var outbound = new PooledOutboundClient(_ -> true)) {
      var client = new SandboxClient(outbound);
      var targetWorld = running.target(client, world);
      requirePayable(client, targetWorld);
      try (var gate =
          GateServer.start(
              port,
              url -> seller(client, targetWorld, url, sale, folder, event -> print(out, event)),
              sale.path())) {
        out.printf(
            """
            %s%s sells %s for %s CNY a request%s.
            In world %s it is %s: buy at %s%s, and the journal has it.
            Ctrl-C ends it.
            """,
            gate.url(),
            sale.path(),
            sale.target(),
            Money.yuan(sale.price()).decimal(),
            isAlipay() ? ", by a bill of Alipay's profile" : "",
            world,
            id,
            targetWorld.at("/merchants/" + id),
            sale.path());
        out.flush();
        Runtime.getRuntime().addShutdownHook(new Thread(gate::close, "gate-end"));
        new CountDownLatch(1).await();
        return ExitCodes.OK;
      } catch (BindException taken) {
        throw new ServerStartFailure(
            "port %d is taken: choose another --listen".formatted(port), taken);
      }
    }
  }

  private boolean isAlipay() {
    return profile.equals("alipay");
  }

  /** The cashier of Alipay's profile takes bills up to a limit of the world. */
  private void requirePayable(SandboxClient client, TargetWorld targetWorld) {
    if (isAlipay()) {
      var settings = client.get(targetWorld.api("/alipay/settings"), targetWorld.keys().operator());
      var limit = settings.path("max_amount").decimalValue();
      if (new BigDecimal(price).compareTo(limit) > 0) {
        throw wrongUsage(
            "--price is at most %s with --profile alipay (max_amount of the world)"
                .formatted(limit));
      }
    }
  }

  private GateSeller seller(
      SandboxClient client,
      TargetWorld targetWorld,
      URI url,
      GateServer.Sale sale,
      Path data,
      Consumer<GateEvent> listener)
      throws IOException {
    var settings = new GateRegistration(client, targetWorld).register(id, url, sale.path());
    if (!isAlipay()) {
      return new ActSeller(settings, sale, data.resolve(id), listener);
    }
    var registered = new AlipayRegistration(client, targetWorld).register(settings);
    return new AlipaySeller(
        settings,
        registered.application(),
        registered.gateway(),
        sale,
        data.resolve(id + ".alipay"),
        listener);
  }

  private static void print(PrintWriter out, GateEvent event) {
    out.printf(
        "%-11s %s %s%n",
        event.kind(),
        event.target(),
        event.tradeNo() == null ? event.detail() : event.tradeNo() + " " + event.detail());
    out.flush();
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
