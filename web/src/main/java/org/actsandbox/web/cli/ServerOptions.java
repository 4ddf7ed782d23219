package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.scenarios.script.Nearest;
import picocli.CommandLine.Option;

/** The options that say which server: its port and where its data lives. */
final class ServerOptions {

  private static final int USUAL_PORT = 8080;

  /** The settings that have an option of their own. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "act.data", "--data", "act.port", "--port", "act.bind", "--bind", "act.fresh", "--fresh");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of the server (default: ${DEFAULT-VALUE})")
  int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder (default: .sandbox beside ./run)")
  @org.jspecify.annotations.Nullable
  Path data;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Sets a setting of a server that this command starts, such as max-worlds=20"
              + " (docs/configuration.md); may be repeated")
  Map<String, String> set = new LinkedHashMap<>();

  /**
   * The settings of {@code --set} as arguments of the server.
   *
   * @throws CannotStart for a name that is no setting
   */
  String[] settings() {
    var catalog = SettingCatalog.load();
    return set.entrySet().stream()
        .map(each -> "--" + known(catalog, each.getKey()) + "=" + each.getValue())
        .toArray(String[]::new);
  }

  private static String known(SettingCatalog catalog, String name) {
    if (name.startsWith("logging.")) {
      return name;
    }
    var option = OPTIONS.get(name.startsWith("act.") ? name : "act." + name);
    if (option != null) {
      throw new CannotStart("--set %s: use %s instead".formatted(name, option), null);
    }
    return catalog
        .find(name)
        .map(SettingCatalog.Setting::name)
        .orElseThrow(() -> new CannotStart(unknown(catalog, name), null));
  }

  private static String unknown(SettingCatalog catalog, String name) {
    var full = name.startsWith("act.") ? name : "act." + name;
    return "--set %s: there is no such setting. %sdocs/configuration.md lists them."
        .formatted(
            name,
            Nearest.to(full, catalog.names())
                .map(near -> "Did you mean " + near + "? ")
                .orElse(""));
  }

  /** What a command to do this again needs, with the space before it. */
  String portAgain() {
    return port == USUAL_PORT ? "" : " --port " + port;
  }

  /**
   * The server that runs on the port.
   *
   * @throws CannotStart when this user has started none there
   */
  RunningServer running() throws IOException {
    return RunningServer.at(port)
        .orElseThrow(
            () ->
                new CannotStart(
                    "no sandbox of this user runs on port %d: start one with ./run%s, or choose another --port"
                        .formatted(port, portAgain()),
                    null));
  }

  Path dataFolder() {
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    return Path.of(System.getProperty("act.home", "."), ".sandbox").toAbsolutePath().normalize();
  }
}
