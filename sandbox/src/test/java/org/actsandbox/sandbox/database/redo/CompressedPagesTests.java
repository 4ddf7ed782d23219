package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that pages are shorter in the file, and are read by every H2. */
class CompressedPagesTests {

  private static final int PAPERS = 400;

  @TempDir Path folder;

  /** Adds papers as participants store them: much of each is equal, and a part is a signature. */
  private static void fill(Connection connection) throws SQLException {
    var random = new Random(7);
    try (var create = connection.createStatement()) {
      create.execute("create table paper (id int primary key, text varchar)");
    }
    try (var insert = connection.prepareStatement("insert into paper values (?, ?)")) {
      for (int i = 0; i < PAPERS; i++) {
        insert.setInt(1, i);
        insert.setString(2, paper(i, random));
        insert.executeUpdate();
      }
    }
  }

  private static String paper(int number, Random random) {
    var lines = new StringBuilder("{\"order_no\":\"R-" + number + "\",\"lines\":[");
    for (int line = 0; line < 8; line++) {
      lines.append(
          "{\"offer_id\":\"O-%d\",\"quantity\":1,\"unit_price\":\"12.00\"},".formatted(line));
    }
    var signature = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      signature.append(Long.toHexString(random.nextLong()));
    }
    return lines + "],\"signature\":\"" + signature + "\"}";
  }

  private static List<String> papers(Connection connection) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select id, text from paper order by id")) {
      while (rows.next()) {
        found.add(rows.getInt(1) + " " + rows.getString(2));
      }
    }
    return found;
  }

  private static Connection plain(Path folder) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:" + folder.resolve("sandbox") + ";DATABASE_TO_LOWER=TRUE;PAGE_SIZE=4096",
        "sa",
        "");
  }

  private Path plainFile(String name) throws Exception {
    var plain = Files.createDirectories(folder.resolve(name));
    try (var connection = plain(plain)) {
      fill(connection);
    }
    return plain;
  }

  private Path compressedFile(String name) throws Exception {
    var compressed = Files.createDirectories(folder.resolve(name));
    try (var database = LoggedDatabase.open(compressed)) {
      database.log().start();
      try (var connection = database.connect()) {
        fill(connection);
      }
    }
    return compressed;
  }

  @Test
  void pagesAreShorterAndPlainH2ReadsThem() throws Exception {
    var plain = plainFile("plain");
    var compressed = compressedFile("compressed");

    assertThat(Files.size(LoggedDatabase.file(compressed)))
        .isLessThan(Files.size(LoggedDatabase.file(plain)) * 2 / 3);
    try (var one = plain(plain);
        var other = plain(compressed)) {
      assertThat(papers(one)).hasSize(PAPERS);
      assertThat(papers(other)).isEqualTo(papers(one));
    }
  }

  /** Files of former versions have pages that are not compressed, beside which newer ones come. */
  @Test
  void pagesOfFormerVersionsStayReadable() throws Exception {
    var file = plainFile("former");
    List<String> before;
    try (var plain = plain(file)) {
      before = papers(plain);
    }
    try (var database = LoggedDatabase.open(file)) {
      database.log().start();
      try (var connection = database.connect();
          var change = connection.createStatement()) {
        assertThat(papers(connection)).isEqualTo(before);
        assertThat(change.executeUpdate("update paper set text = text || ' ' where id = 7"))
            .isOne();
      }
    }
    before.set(7, before.get(7) + " ");
    try (var plain = plain(file)) {
      assertThat(papers(plain)).isEqualTo(before);
    }
  }
}
