package org.actsandbox.web.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.proxy.FaultDecider;
import org.actsandbox.sandbox.proxy.FaultProxy;
import org.actsandbox.sandbox.proxy.FixedFaultDecider;
import org.actsandbox.sandbox.proxy.ProxyTarget;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerStartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the fault proxy alone, in front of any service and without a sandbox. */
@Command(
    name = "proxy",
    mixinStandardHelpOptions = true,
    description = {
      "Listens on this machine only, passes every request on to the target, and breaks the wire as"
          + " ordered: delay, error_status, connection_cut, lost_answer, cut_mid_body, slow_body"
          + " (docs/faults.md). Ends with Ctrl-C."
    })
final class ProxyCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Option(
      names = "--listen",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port on 127.0.0.1; 0 for any free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--target",
      paramLabel = "URL",
      required = true,
      description = "Address that requests are passed on to: http://localhost:9000/shop")
  @SuppressWarnings("NullAway.Init") // required
  private URI target;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description =
          "name,key=value,... or JSON; may be repeated:"
              + " cut_mid_body,bytes=20,operation=POST /carts,count=1")
  private List<String> faults = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed for faults with a probability (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    try (var proxy = FaultProxy.listen(port, new ProxyTarget(target), faultDecider(out))) {
      out.printf(
          "http://localhost:%d passes on to %s, with %d faults. Ctrl-C ends it.%n",
          proxy.port(), target, faults.size());
      out.flush();
      Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "proxy-end"));
      new CountDownLatch(1).await();
      return ExitCodes.OK;
    } catch (Refusal refused) {
      throw new ServerStartFailure(
          "%s: %s, expected %s"
              .formatted(refused.getMessage(), refused.observed(), refused.expected()),
          refused);
    } catch (UncheckedIOException taken) {
      throw new ServerStartFailure("port %d cannot be listened on".formatted(port), taken);
    }
  }

  private FaultDecider faultDecider(PrintWriter out) {
    return new FixedFaultDecider(
        faults.stream().map(FaultArgument::parse).toList(),
        seed,
        line -> {
          out.println(line);
          out.flush();
        });
  }
}
