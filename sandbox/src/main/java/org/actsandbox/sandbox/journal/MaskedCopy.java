package org.actsandbox.sandbox.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/**
 * Copies a JSON text with its secrets masked, token by token and without a tree.
 *
 * <p>A copy knows only what came before a value. Where what comes after it counts too (a member
 * {@code name} that says that the member {@code value} is a secret), where a member's name is
 * masked, and where a number has a fraction, there is no copy, and {@link SecretMasker#mask} works
 * on the tree. So nothing is copied that the tree would mask.
 */
public final class MaskedCopy {

  private final CopiedText text;
  private final boolean changed;
  private final Map<String, String> members;
  private final Set<String> objects;

  private MaskedCopy(CopiedText text, Copying copying) {
    this.text = text;
    this.changed = copying.changed;
    this.members = Map.copyOf(copying.members);
    this.objects = Set.copyOf(copying.objects);
  }

  /** Returns the masked JSON, as a node that is written as it is. */
  public JsonNode json() {
    return JsonNodeFactory.instance.rawValueNode(new RawValue(text));
  }

  /** Returns whether something was masked. */
  public boolean isChanged() {
    return changed;
  }

  /**
   * Returns the unmasked text of a member of the root, or of an object in it.
   *
   * @param path the member's name, or two names with a slash between them
   */
  public @Nullable String member(String path) {
    return members.get(path);
  }

  /** Returns whether the root is an object whose member {@code name} is an object. */
  public boolean hasObject(String name) {
    return objects.contains(name);
  }

  /**
   * Copies a body.
   *
   * @param buffers the memory for the copy, which is valid until they begin anew
   * @param wanted the names of the members whose texts are kept
   * @return empty if the text is no JSON, or must be masked as a tree
   */
  public static Optional<MaskedCopy> of(
      byte[] utf8, CopyBuffers buffers, SecretMasker masker, Predicate<String> wanted) {
    try (var in = Json.tokens(utf8)) {
      return of(in, buffers.lend(), masker, wanted);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /** Copies a text, as {@link #of(byte[], CopyBuffers, SecretMasker, Predicate)} copies bytes. */
  public static Optional<MaskedCopy> of(
      String json, CopyBuffers buffers, SecretMasker masker, Predicate<String> wanted) {
    try (var in = Json.tokens(json)) {
      return of(in, buffers.lend(), masker, wanted);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<MaskedCopy> of(
      JsonParser in, CopiedText bytes, SecretMasker masker, Predicate<String> wanted) {
    var copying = new Copying(in, masker, wanted);
    try (var out = Json.copy(bytes)) {
      if (in.nextToken() == null || !copying.value(out, "", "", 0) || in.nextToken() != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new MaskedCopy(bytes, copying));
  }

  /** Shows the text at a parser's place, without a string of its own. */
  private static final class Characters implements CharSequence {

    private char[] buffer = {};
    private int from;
    private int length;

    void show(JsonParser in) {
      buffer = in.getStringCharacters();
      from = in.getStringOffset();
      length = in.getStringLength();
    }

    void writeTo(JsonGenerator out) {
      out.writeString(buffer, from, length);
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public char charAt(int index) {
      return buffer[from + index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new String(buffer, from + start, end - start);
    }

    @Override
    public String toString() {
      return new String(buffer, from, length);
    }
  }

  /** Holds the state of one copy. */
  private static final class Copying {

    private final JsonParser in;
    private final SecretMasker masker;
    private final Predicate<String> wanted;
    private final Map<String, String> members = new HashMap<>();
    private final Set<String> objects = new HashSet<>();
    private final Characters characters = new Characters();
    private boolean changed;

    Copying(JsonParser in, SecretMasker masker, Predicate<String> wanted) {
      this.in = in;
      this.masker = masker;
      this.wanted = wanted;
    }

    /**
     * Copies the value at the current token; the parser limits the depth.
     *
     * @param name the name of the member, also for the elements of its array
     * @param path the path that members of this value begin with
     * @param depth the number of objects and arrays around the value
     * @return false if the value must be masked as a tree
     */
    boolean value(JsonGenerator out, String name, String path, int depth) {
      switch (in.currentToken()) {
        case START_OBJECT -> {
          return object(out, path, depth);
        }
        case START_ARRAY -> {
          out.writeStartArray();
          while (in.nextToken() != JsonToken.END_ARRAY) {
            // Members below an array have no path.
            if (!value(out, name, "", Math.max(depth + 1, 2))) {
              return false;
            }
          }
          out.writeEndArray();
        }
        case VALUE_STRING -> {
          characters.show(in);
          if (masker.isPlain(name, characters)) {
            characters.writeTo(out);
            return true;
          }
          var plain = in.getString();
          var masked = masker.maskMember(name, plain);
          changed |= !masked.equals(plain);
          out.writeString(masked);
        }
        case VALUE_NUMBER_INT -> number(out, name);
        case VALUE_TRUE -> out.writeBoolean(true);
        case VALUE_FALSE -> out.writeBoolean(false);
        case VALUE_NULL -> out.writeNull();
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean object(JsonGenerator out, String path, int depth) {
      out.writeStartObject();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        var name = in.currentName();
        if (!masker.mask(name).equals(name)) {
          return false;
        }
        out.writeName(name);
        in.nextToken();
        if (namesSecret(name)) {
          return false;
        }
        note(name, path, depth);
        if (SecretNames.isSecret(name)) {
          hide(out);
        } else if (!value(out, name, depth == 0 ? name + "/" : "", depth + 1)) {
          return false;
        }
      }
      out.writeEndObject();
      return true;
    }

    /** Says whether this member may say that its sibling {@code value} is a secret. */
    private boolean namesSecret(String name) {
      return (name.equals("name") || name.equals("field"))
          && in.currentToken() == JsonToken.VALUE_STRING
          && SecretNames.isSecret(in.getString());
    }

    private void note(String name, String path, int depth) {
      if (depth == 0 && in.currentToken() == JsonToken.START_OBJECT) {
        objects.add(name);
      }
      if (depth <= 1 && in.currentToken() == JsonToken.VALUE_STRING && wanted.test(name)) {
        members.put(path + name, in.getString());
      }
    }

    /** Hides the value; null and booleans are no secrets. */
    private void hide(JsonGenerator out) {
      switch (in.currentToken()) {
        case VALUE_NULL -> out.writeNull();
        case VALUE_TRUE -> out.writeBoolean(true);
        case VALUE_FALSE -> out.writeBoolean(false);
        default -> {
          changed |=
              in.currentToken() != JsonToken.VALUE_STRING
                  || !in.getString().equals(SecretMasker.MASK);
          in.skipChildren();
          out.writeString(SecretMasker.MASK);
        }
      }
    }

    private void number(JsonGenerator out, String name) {
      if (masker.isPinNumber(name, in.getNumberValue().toString())) {
        changed = true;
        out.writeString(SecretMasker.PIN_MASK);
        return;
      }
      switch (in.getNumberType()) {
        case INT -> out.writeNumber(in.getIntValue());
        case LONG -> out.writeNumber(in.getLongValue());
        default -> out.writeNumber(in.getBigIntegerValue());
      }
    }
  }
}
