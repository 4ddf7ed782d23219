package org.actsandbox.web.cli.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lists the settings of the server with their documentation, which an annotation processor takes
 * from the comments of the settings classes.
 */
public record SettingCatalog(List<Setting> settings) {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final String PREFIX = "act.";

  /**
   * Represents one setting.
   *
   * @param name the name, such as {@code act.max-worlds}
   * @param type the simple name of its Java type, such as {@code Duration}
   * @param defaultValue the default; empty if there is none
   * @param description plain English sentences
   */
  public record Setting(String name, String type, String defaultValue, String description) {

    /** Returns the environment variable for this setting, such as {@code ACT_MAX_WORLDS}. */
    public String environmentVariable() {
      return name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Describes in words which values the setting takes. */
    public String form() {
      return switch (type) {
        case "Integer", "Long" -> "whole number";
        case "Double" -> "number";
        case "Boolean" -> "true or false";
        case "Duration" -> "time such as 500ms, 2s or PT1M";
        case "URI" -> "address";
        case "Path" -> "folder";
        case "List" -> "names, separated by commas";
        default -> "text";
      };
    }
  }

  /** Reads the settings from the class path, sorted by name. */
  public static SettingCatalog load() {
    try {
      var files = Collections.list(SettingCatalog.class.getClassLoader().getResources(METADATA));
      var settings =
          files.stream()
              .flatMap(file -> properties(file).stream())
              .filter(property -> property.path("name").asString("").startsWith(PREFIX))
              .map(SettingCatalog::setting)
              .sorted(Comparator.comparing(Setting::name))
              .toList();
      return new SettingCatalog(settings);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Finds a setting by its name, with or without {@code act.}. */
  public Optional<Setting> find(String name) {
    var full = name.startsWith(PREFIX) ? name : PREFIX + name;
    return settings.stream().filter(each -> each.name().equals(full)).findFirst();
  }

  public List<String> names() {
    return settings.stream().map(Setting::name).toList();
  }

  private static List<JsonNode> properties(java.net.URL file) {
    try (var content = file.openStream()) {
      return Json.mapper().readTree(content).path("properties").valueStream().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Setting setting(JsonNode property) {
    return new Setting(
        property.path("name").asString(""),
        simpleName(property.path("type").asString("")),
        defaultValue(property.get("defaultValue")),
        plain(property.path("description").asString("")));
  }

  private static String simpleName(String type) {
    var raw = type.replaceAll("<.*", "");
    return raw.substring(raw.lastIndexOf('.') + 1);
  }

  private static String defaultValue(@Nullable JsonNode value) {
    return value == null || value.isArray() ? "" : value.asString();
  }

  /** Returns the description without Javadoc's markup. */
  private static String plain(String description) {
    return description.replaceAll("\\{@code ([^}]*)}", "`$1`");
  }
}
