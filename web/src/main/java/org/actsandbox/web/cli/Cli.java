package org.actsandbox.web.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.actsandbox.web.cli.gate.GateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Implements {@code ./run}, which starts the sandbox if no command is given. */
@Command(
    name = "./run",
    mixinStandardHelpOptions = true,
    version = "ACT Sandbox 0.1.0, ACT 2.1",
    description = {
      "Starts ACT Sandbox: mock merchants, a payment service, a buyer agent and a console.",
      "Prints the console's address with a start token; ./run open prints it again and opens a"
          + " browser.",
      "./run install-kit puts the merchant kit for Java into the local Maven repository.",
      "A sandbox: no real money, and not an official test."
    },
    subcommands = {
      CheckMerchantCommand.class,
      CompactCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      ExportCommand.class,
      GateCommand.class,
      GradeCommand.class,
      ImportCommand.class,
      KeysCommand.class,
      LoadCommand.class,
      McpCommand.class,
      OpenCommand.class,
      ProxyCommand.class,
      ScenarioCommand.class,
      VerifyCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Cli extends StartCommand {

  private Cli() {}

  public static void main(String[] args) {
    // The terminal may be configured for ASCII, but half of the answers are Chinese.
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    System.exit(
        commandLine()
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Cli())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new WrongUsageHandler())
        .setExecutionExceptionHandler(new ExpectedFailureHandler());
  }
}
