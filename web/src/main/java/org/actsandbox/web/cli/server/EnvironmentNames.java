package org.actsandbox.web.cli.server;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.wire.NearestWord;

/**
 * Knows the environment variables that begin with {@code ACT_}: those of the settings, and those
 * that merchants, agents, scripts and tests read. A misspelt setting would otherwise be passed over
 * without a word.
 */
final class EnvironmentNames {

  private static final String PREFIX = "ACT_";

  /** The variables of a merchant that was started by the sandbox or from a starter. */
  private static final Set<String> OF_MERCHANTS =
      Set.of(
          "ACT_CONTROL",
          "ACT_DID",
          "ACT_ID",
          "ACT_KEY",
          "ACT_KEY_ID",
          "ACT_PSP",
          "ACT_PSP_DID",
          "ACT_ROLE_KEY",
          "ACT_SANDBOX",
          "ACT_URL",
          "ACT_WORLD");

  /** The variables of an agent that is started for a mission. */
  private static final Set<String> OF_AGENTS =
      Set.of(
          "ACT_AGENT_KEY",
          "ACT_MCP_CONFIG",
          "ACT_MCP_URL",
          "ACT_MISSION",
          "ACT_MISSION_FOLDER",
          "ACT_PRINCIPAL",
          "ACT_PROMPT");

  private static final Set<String> OF_SCRIPTS_AND_TESTS =
      Set.of(
          "ACT_CHROMIUM",
          "ACT_CREDIT_PROFILE",
          "ACT_JAVA_OPTIONS",
          "ACT_TARGET",
          "ACT_TEST_POSTGRES_PASSWORD",
          "ACT_TEST_POSTGRES_URL",
          "ACT_TEST_POSTGRES_USER");

  private final Set<String> settings;
  private final Set<String> known;

  EnvironmentNames(SettingCatalog catalog) {
    this.settings =
        catalog.settings().stream()
            .map(SettingCatalog.Setting::environmentVariable)
            .collect(Collectors.toUnmodifiableSet());
    this.known =
        Stream.of(
                settings.stream(),
                catalog.names().stream().map(EnvironmentNames::withoutDashes),
                OF_MERCHANTS.stream(),
                OF_AGENTS.stream(),
                OF_SCRIPTS_AND_TESTS.stream())
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the other form that Spring takes, such as {@code ACT_MAXWORLDS}. */
  private static String withoutDashes(String setting) {
    return setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  boolean isKnown(String name) {
    return known.contains(name);
  }

  /**
   * Says of each variable that no setting and no other program reads that it changes nothing. It
   * tells no values, because they may be secrets.
   *
   * @param names the names of all variables of the environment
   */
  List<String> warnings(Collection<String> names) {
    return names.stream()
        .filter(name -> name.startsWith(PREFIX) && !isKnown(name))
        .sorted()
        .map(this::warning)
        .toList();
  }

  private String warning(String name) {
    return "environment variable %s: there is no such setting, so it changes nothing. %sdocs/configuration.md lists them."
        .formatted(
            name,
            NearestWord.find(name, settings).map(near -> "Did you mean " + near + "? ").orElse(""));
  }
}
