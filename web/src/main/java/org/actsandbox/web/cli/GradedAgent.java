package org.actsandbox.web.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.conversation.DialogueForm;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.BuiltInAgent;
import org.actsandbox.scenarios.mission.agent.CommandAgent;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.TalkAgent;
import org.actsandbox.scenarios.mission.agent.UrlAgent;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Lists the ways to reach an agent that is graded, of which exactly one is given. */
final class GradedAgent {

  private static final String MODEL_NAME = "--act.agent.model.name=";

  /** A variable that a shell command sets first; its value may be a key, so no name has it. */
  private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=.*");

  private static final Pattern SCRIPT = Pattern.compile("[\\w./\\\\-]+\\.\\w+");

  @Option(
      names = "--agent-command",
      paramLabel = "CMD",
      description = "Start this for each mission: it finds the mission in the file ACT_MISSION")
  private @Nullable String command;

  @Option(
      names = "--agent-url",
      paramLabel = "URL",
      description = "POST each mission to this address: any 2xx says that it is done")
  private @Nullable URI url;

  @Option(
      names = "--agent-talk",
      paramLabel = "URL",
      description = "POST what the principal says: the agent answers with text, question or offers")
  private @Nullable URI talk;

  @Option(names = "--agent-a2a", paramLabel = "URL", description = "The same as A2A's message/send")
  private @Nullable URI a2a;

  @Option(names = "--built-in", description = "The sandbox's own agent with its built-in model")
  private boolean builtIn;

  @Option(
      names = "--model",
      description =
          "The sandbox's own agent with the configured model (--set, docs/configuration.md)")
  private boolean model;

  @Option(
      names = "--gallery",
      paramLabel = "NAME",
      description = "careful, or a bad agent of the gallery (docs/grade-matrix.md)")
  private @Nullable String gallery;

  boolean isModel() {
    return model;
  }

  /** Says whether it can be told of an MCP address. */
  boolean canSpeakMcp() {
    return command != null || url != null;
  }

  /** Says whether the program is to call this host, because the agent listens there. */
  boolean listensAt(@Nullable String host) {
    return Stream.of(url, talk, a2a)
        .filter(Objects::nonNull)
        .anyMatch(each -> Objects.equals(each.getHost(), host));
  }

  /** Returns what is wrong with the options; empty if nothing is. */
  Optional<String> mistake() {
    return gallery == null || gallery.equals(GalleryAgent.CAREFUL) || Flaw.find(gallery).isPresent()
        ? Optional.empty()
        : Optional.of("--gallery is careful or one of " + String.join(", ", Flaw.codes()));
  }

  /**
   * Returns the agent.
   *
   * @param name its name in reports; null for one made of its address
   * @param settings the settings of the server, which name the model
   * @param variables names of variables that a command may see
   * @param logs where to keep what a command prints; null for nowhere
   */
  MissionAgent reach(
      TargetServer target,
      @Nullable String name,
      String[] settings,
      List<String> variables,
      @Nullable Path logs) {
    if (command != null) {
      return new CommandAgent(named(name, commandName(command)), command, variables, logs);
    }
    if (url != null) {
      return new UrlAgent(named(name, url.toString()), url, target.outbound());
    }
    if (talk != null) {
      return new TalkAgent(
          named(name, talk.toString()), talk, DialogueForm.JSON, target.outbound());
    }
    if (a2a != null) {
      return new TalkAgent(named(name, a2a.toString()), a2a, DialogueForm.A2A, target.outbound());
    }
    if (gallery != null) {
      return new GalleryAgent(Flaw.find(gallery).orElse(null));
    }
    return new BuiltInAgent(named(name, builtIn ? "built-in" : modelName(settings)));
  }

  private static String named(@Nullable String name, String otherwise) {
    return name == null ? otherwise : name;
  }

  /**
   * Returns the program of a command with the script that it runs, so that two scripts of one
   * interpreter are two agents on the leaderboard.
   */
  static String commandName(String command) {
    var words =
        Stream.of(command.strip().split("\\s+"))
            .dropWhile(each -> ASSIGNMENT.matcher(each).matches())
            .limit(2)
            .toList();
    return Stream.concat(
            words.stream().limit(1),
            words.stream().skip(1).filter(each -> SCRIPT.matcher(each).matches()))
        .map(each -> each.substring(1 + Math.max(each.lastIndexOf('/'), each.lastIndexOf('\\'))))
        .collect(Collectors.joining(" "));
  }

  /** Two models are two agents on the leaderboard. */
  private static String modelName(String[] settings) {
    return Stream.of(settings)
        .filter(each -> each.startsWith(MODEL_NAME))
        .map(each -> "model " + each.substring(MODEL_NAME.length()))
        .findFirst()
        .orElse("model");
  }
}
