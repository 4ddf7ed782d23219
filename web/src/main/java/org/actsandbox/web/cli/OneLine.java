package org.actsandbox.web.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.scenarios.client.Unexpected;
import picocli.CommandLine;

/** Expected failures end in one clear line and an exit code; bugs keep their stack trace. */
final class OneLine implements CommandLine.IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
    switch (failure) {
      case CannotStart cannot -> {
        System.err.println("act-sandbox: " + cannot.getMessage());
        return ExitCodes.USAGE;
      }
      case Unexpected _, Unanswered _, UncheckedIOException _, IOException _ -> {
        System.err.println("act-sandbox: " + failure.getMessage());
        return ExitCodes.FAILED;
      }
      default -> throw failure;
    }
  }
}
