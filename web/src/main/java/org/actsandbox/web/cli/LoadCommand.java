package org.actsandbox.web.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Complete purchases in bulk against a running server. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Makes complete L1 purchases over HTTP against a running server")
final class LoadCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return ExitCodes.USAGE;
  }
}
