package org.actsandbox.web.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the starters that are handed out. */
class StarterFilesTests {

  private static final String ENV = "ACT_ID=tea-shop\nACT_KEY=c2VjcmV0\n";

  @ParameterizedTest
  @EnumSource(Starter.class)
  void aDownloadHasTheFilesOfTheRepositoryAndTheSettings(Starter starter) throws IOException {
    var download = StarterFiles.of(starter, "tea-shop", ENV);
    var folder = "tea-shop-" + starter.code();

    assertThat(download.fileName()).isEqualTo(folder + ".zip");
    assertThat(download.toString()).doesNotContain("c2VjcmV0");
    var files = unzipped(download.zip());
    assertThat(files.get(folder + "/shop.env")).isEqualTo(ENV);
    assertThat(files.get(folder + "/README.txt"))
        .contains(starter.command(), "keep it out of repositories");
    for (var file : starter.files()) {
      assertThat(files.get(folder + "/" + file.substring(file.indexOf('/') + 1)))
          .isEqualTo(Files.readString(Path.of("..", "starters").resolve(file)));
    }
    assertThat(files).hasSize(starter.files().size() + 2);
    assertThat(Starter.find(starter.code())).contains(starter);
  }

  @Test
  void anEmptyKeyIsToldAndTheSameSettingsGiveTheSameBytes() throws IOException {
    var first = StarterFiles.of(Starter.PYTHON_SHOP, "tea-shop", "ACT_KEY=\n");

    assertThat(unzipped(first.zip()).get("tea-shop-python-shop/README.txt"))
        .contains("Its ACT_KEY is empty");
    assertThat(StarterFiles.of(Starter.PYTHON_SHOP, "tea-shop", "ACT_KEY=\n").zip())
        .isEqualTo(first.zip());
  }

  private static Map<String, String> unzipped(byte[] zip) throws IOException {
    var files = new LinkedHashMap<String, String>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
