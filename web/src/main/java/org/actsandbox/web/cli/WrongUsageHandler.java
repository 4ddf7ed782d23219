package org.actsandbox.web.cli;

import org.actsandbox.protocol.wire.NearestWord;
import org.actsandbox.web.cli.server.ExitCodes;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one line what is wrong with the arguments, and in a second one where the usage is: the
 * whole usage would push the reason off the screen.
 */
final class WrongUsageHandler implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    var name = wrong.getCommandLine().getCommandSpec().qualifiedName();
    var err = wrong.getCommandLine().getErr();
    err.println("act-sandbox: " + reason(wrong, name));
    err.println(name + " --help shows what it takes.");
    return ExitCodes.USAGE;
  }

  private static String reason(ParameterException wrong, String name) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, name);
    }
    if (wrong.getArgSpec() instanceof OptionSpec option && wrong.getValue() != null) {
      if (option.typeInfo().isMap()) {
        return wrongValue(option, wrong.getValue(), option.paramLabel());
      }
      if (option.type() == int.class) {
        return wrongValue(option, wrong.getValue(), "a whole number");
      }
    }
    return String.valueOf(wrong.getMessage());
  }

  private static String wrongValue(OptionSpec option, String value, String expected) {
    return "%s %s: expected %s".formatted(option.longestName(), value, expected);
  }

  private static String unmatched(UnmatchedArgumentException wrong, String name) {
    var word = wrong.getUnmatched().getFirst();
    if (wrong.isUnknownOption()) {
      return hasNo(name, "option", word, String.join(" or ", wrong.getSuggestions()));
    }
    var commands = wrong.getCommandLine().getSubcommands().keySet();
    var near = NearestWord.find(word, commands).map(command -> name + " " + command).orElse("");
    return hasNo(name, commands.isEmpty() ? "argument" : "command", word, near);
  }

  private static String hasNo(String name, String kind, String word, String near) {
    return "%s has no %s %s%s"
        .formatted(name, kind, word, near.isEmpty() ? "" : ". Did you mean " + near + "?");
  }
}
