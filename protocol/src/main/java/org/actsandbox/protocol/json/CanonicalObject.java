package org.actsandbox.protocol.json;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actsandbox.protocol.cost.ProtocolCost;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Holds the members of an object in their RFC 8785 form. A signature covers some members, and a
 * digest others; all these forms are put together from one, so that no member is written twice.
 */
public final class CanonicalObject {

  /** The members by name, in the order of RFC 8785, which is that of {@code String}. */
  private final SortedMap<String, byte[]> members;

  private CanonicalObject(SortedMap<String, byte[]> members) {
    this.members = members;
  }

  /**
   * Makes the form of all members.
   *
   * @throws IllegalArgumentException as {@link CanonicalJson#bytes}
   */
  public static CanonicalObject of(ObjectNode object) {
    ProtocolCost.CANONICALIZATIONS.count();
    CanonicalJson.requireForm(object, null);
    var members = new TreeMap<String, byte[]>();
    var writer = new CanonicalWriter(512);
    for (var each : object.properties()) {
      writer.write(each.getValue(), null);
      members.put(each.getKey(), writer.take());
    }
    return new CanonicalObject(members);
  }

  /** Returns the form of the object with these of its members alone. */
  public CanonicalObject only(Collection<String> names) {
    var some = new TreeMap<>(members);
    some.keySet().retainAll(names);
    return new CanonicalObject(some);
  }

  /**
   * Returns the form of the object with this member in place of one with its name.
   *
   * @throws IllegalArgumentException as {@link CanonicalJson#bytes}
   */
  public CanonicalObject with(String name, String text) {
    var value = StringNode.valueOf(text);
    CanonicalJson.requireForm(value, null);
    var more = new TreeMap<>(members);
    var writer = new CanonicalWriter(text.length() + 2);
    writer.write(value, null);
    more.put(name, writer.takeLast());
    return new CanonicalObject(more);
  }

  /** Returns the canonical UTF-8 bytes of the object. */
  public byte[] bytes() {
    var writer = new CanonicalWriter(length());
    char before = '{';
    for (var member : members.entrySet()) {
      writer.add(before);
      before = ',';
      writer.text(member.getKey());
      writer.add(':');
      writer.add(member.getValue());
    }
    if (members.isEmpty()) {
      writer.add('{');
    }
    writer.add('}');
    return writer.takeLast();
  }

  /** Returns the number of bytes of the form, if no name has a character to escape or encode. */
  private int length() {
    int length = members.isEmpty() ? 2 : 1;
    for (var member : members.entrySet()) {
      // The comma or bracket before the member, its quotes and its colon.
      length += member.getKey().length() + member.getValue().length + 4;
    }
    return length;
  }
}
