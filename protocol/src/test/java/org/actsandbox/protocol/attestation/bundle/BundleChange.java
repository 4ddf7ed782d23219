package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes the files of a bundle before it is sealed or written. */
interface BundleChange {

  void applyTo(SortedMap<String, byte[]> files);

  static BundleChange text(String name, UnaryOperator<String> change) {
    return files -> {
      var before = new String(TestBundle.file(files, name), StandardCharsets.UTF_8);
      var after = change.apply(before);
      assertThat(after).as("the mutation of " + name + " changes something").isNotEqualTo(before);
      files.put(name, after.getBytes(StandardCharsets.UTF_8));
    };
  }

  static BundleChange json(String name, Consumer<ObjectNode> change) {
    return text(
        name,
        before -> {
          var tree = (ObjectNode) Json.parse(before);
          change.accept(tree);
          return CanonicalJson.text(tree);
        });
  }

  static BundleChange remove(String... names) {
    return files ->
        Arrays.stream(names).forEach(name -> assertThat(files.remove(name)).as(name).isNotNull());
  }

  static BundleChange from(TestBundle other, String... names) {
    return files ->
        Arrays.stream(names).forEach(name -> files.put(name, TestBundle.file(other.files(), name)));
  }

  static BundleChange swap(String one, String two) {
    return files -> {
      var kept = TestBundle.file(files, one);
      files.put(one, TestBundle.file(files, two));
      files.put(two, kept);
    };
  }

  static BundleChange byteIn(String name) {
    return files ->
        files.computeIfPresent(
            name,
            (_, bytes) -> {
              var changed = bytes.clone();
              changed[bytes.length / 2] ^= 1;
              return changed;
            });
  }

  static String anchor(String record) {
    return record.replace("records/", "anchors/");
  }

  static String pretty(String json) {
    return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(Json.parse(json));
  }

  static String reordered(String json) {
    var tree = (ObjectNode) Json.parse(json);
    var last = Json.object();
    tree.propertyNames().stream()
        .toList()
        .reversed()
        .forEach(name -> last.set(name, tree.path(name)));
    return Json.write(last);
  }

  /**
   * Adds the order of the group to S, which a lax reader accepts as the same signature (RFC 8032
   * section 8.4).
   */
  static void malleable(JsonNode record) {
    var signature = (ObjectNode) record.path("signatures").path(0);
    var bytes =
        Base64Url.decode(signature.path("signature_value").stringValue()).orElseThrow().clone();
    var order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    var s = new byte[33];
    for (int i = 0; i < 32; i++) {
      s[32 - i] = bytes[32 + i];
    }
    var more = new BigInteger(s).add(order).toByteArray();
    for (int i = 0; i < 32; i++) {
      int from = more.length - 1 - i;
      bytes[32 + i] = from >= 0 ? more[from] : 0;
    }
    signature.put("signature_value", Base64Url.encode(bytes));
  }
}
