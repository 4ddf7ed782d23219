package org.actsandbox.web.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerStartFailure;
import picocli.CommandLine;

/** Ends an expected failure with one clear line and an exit code; a bug keeps its stack trace. */
final class ExpectedFailureHandler implements CommandLine.IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
    switch (failure) {
      case ServerStartFailure notStarted -> {
        System.err.println("act-sandbox: " + notStarted.getMessage());
        return notStarted.exitCode();
      }
      case UnexpectedReply _, NoAnswerException _, UncheckedIOException _, IOException _ -> {
        System.err.println("act-sandbox: " + failure.getMessage());
        return ExitCodes.FAILED;
      }
      default -> throw failure;
    }
  }
}
