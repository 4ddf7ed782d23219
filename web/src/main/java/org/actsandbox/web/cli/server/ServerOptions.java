package org.actsandbox.web.cli.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.wire.NearestWord;
import picocli.CommandLine.Option;

/**
 * Holds the options that select or configure a server: its port, its data folder and its settings.
 */
public final class ServerOptions {

  private static final int DEFAULT_PORT = 8080;

  /** The settings that have an option of their own. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "act.data", "--data", "act.port", "--port", "act.bind", "--bind", "act.fresh", "--fresh");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:ACT_PORT:-8080}",
      description = "Port of the server (default: ${DEFAULT-VALUE})")
  public int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:ACT_DATA}",
      description = "Data folder (default: ACT_DATA, else .sandbox beside ./run)")
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
   * Returns the settings of {@code --set} as arguments of the server.
   *
   * @throws ServerStartFailure if a name is no setting, or has an option of its own
   */
  public String[] settings() {
    var catalog = SettingCatalog.load();
    return set.entrySet().stream()
        .map(each -> "--" + settingName(catalog, each.getKey()) + "=" + each.getValue())
        .toArray(String[]::new);
  }

  private static String settingName(SettingCatalog catalog, String name) {
    if (name.startsWith("logging.")) {
      return name;
    }
    var option = OPTIONS.get(name.startsWith("act.") ? name : "act." + name);
    if (option != null) {
      throw new ServerStartFailure("--set %s: use %s instead".formatted(name, option), null);
    }
    return catalog
        .find(name)
        .map(SettingCatalog.Setting::name)
        .orElseThrow(() -> new ServerStartFailure(unknown(catalog, name), null));
  }

  private static String unknown(SettingCatalog catalog, String name) {
    var full = name.startsWith("act.") ? name : "act." + name;
    return "--set %s: there is no such setting. %sdocs/configuration.md lists them."
        .formatted(
            name,
            NearestWord.find(full, catalog.names())
                .map(near -> "Did you mean " + near + "? ")
                .orElse(""));
  }

  /**
   * Returns the option that repeats the port in another command, with a space before it; empty for
   * the default port.
   */
  public String portOption() {
    return port == DEFAULT_PORT ? "" : " --port " + port;
  }

  /**
   * Returns the server that runs on the port.
   *
   * @throws ServerStartFailure if this user has started no server there
   */
  public RunningServer running() throws IOException {
    return RunningServer.at(port)
        .orElseThrow(
            () ->
                new ServerStartFailure(
                    "no sandbox of this user runs on port %d: start one with ./run%s, or choose another --port"
                        .formatted(port, portOption()),
                    null));
  }

  /** Returns the data folder: that of {@code --data}, or {@code .sandbox} beside {@code ./run}. */
  public Path dataFolder() {
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    return Path.of(System.getProperty("act.home", "."), ".sandbox").toAbsolutePath().normalize();
  }
}
