package org.actsandbox.sandbox.control.openapi;

import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads the comments of types and methods from the sources, so that the OpenAPI document says of a
 * message what its author wrote at it.
 */
final class SourceComments {

  private static final List<String> MODULES =
      List.of("protocol", "participant", "mock-merchants", "agent-demo", "sandbox");

  /** Comments need no other classes: each task would open every library of this process anew. */
  private static final List<String> PARSING = List.of("-proc:none", "-classpath", "");

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final Map<String, Comment> comments = new HashMap<>();

  /**
   * Represents a comment.
   *
   * @param text its text without tags
   * @param parameters texts of its parameters, by name
   */
  record Comment(String text, Map<String, String> parameters) {

    private static final Comment NONE = new Comment("", Map.of());
  }

  /** Returns the comment of a type; empty texts where it has none. */
  Comment of(Class<?> type) {
    read(type);
    return comments.getOrDefault(type.getName(), Comment.NONE);
  }

  /** Returns the comment of a method; empty texts where it has none. */
  Comment of(Class<?> type, String method) {
    read(type);
    return comments.getOrDefault(type.getName() + '#' + method, Comment.NONE);
  }

  private void read(Class<?> type) {
    var outer = type;
    while (outer.getEnclosingClass() != null) {
      outer = outer.getEnclosingClass();
    }
    var name = outer.getName();
    if (comments.putIfAbsent('*' + name, Comment.NONE) == null) {
      source(name).ifPresent(this::parse);
    }
  }

  private static Optional<Path> source(String type) {
    var file = type.replace('.', '/') + ".java";
    return MODULES.stream()
        .map(module -> Path.of("..", module, "src/main/java", file))
        .filter(Files::exists)
        .findFirst();
  }

  private void parse(Path source) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(null, files, null, PARSING, null, files.getJavaFileObjects(source));
      var trees = DocTrees.instance(task);
      for (var unit : task.parse()) {
        new Scanner(trees, String.valueOf(unit.getPackageName())).scan(unit, null);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private final class Scanner extends TreePathScanner<Void, Void> {

    private final DocTrees trees;
    private String owner;

    Scanner(DocTrees trees, String packageName) {
      this.trees = trees;
      this.owner = packageName;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      var around = owner;
      var kind = getCurrentPath().getParentPath().getLeaf();
      owner = around + (kind instanceof ClassTree ? "$" : ".") + type.getSimpleName();
      keep(owner);
      super.visitClass(type, null);
      owner = around;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      keep(owner + '#' + method.getName());
      return null;
    }

    private void keep(String name) {
      var comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        comments.put(name, new Comment(text(comment.getFullBody()), parameters(comment)));
      }
    }
  }

  private static Map<String, String> parameters(DocCommentTree comment) {
    Map<String, String> parameters = new HashMap<>();
    for (var tag : comment.getBlockTags()) {
      if (tag instanceof ParamTree parameter) {
        parameters.put(parameter.getName().toString(), text(parameter.getDescription()));
      }
    }
    return parameters;
  }

  private static String text(List<? extends DocTree> parts) {
    return SPACES
        .matcher(parts.stream().map(SourceComments::text).collect(joining()))
        .replaceAll(" ")
        .strip();
  }

  private static String text(DocTree part) {
    return switch (part) {
      case TextTree text -> text.getBody();
      case LiteralTree literal -> literal.getBody().getBody();
      case LinkTree link ->
          link.getLabel().isEmpty()
              ? link.getReference()
                  .getSignature()
                  .replaceAll(".*\\.(?=[A-Z])", "")
                  .replace('#', '.')
              : text(link.getLabel());
      case StartElementTree _, EndElementTree _ -> " ";
      default -> part.toString();
    };
  }
}
