package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.sandbox.trust.chain.AnchorTrace;
import org.jspecify.annotations.Nullable;

/**
 * Draws the way from a record over its anchor up to the signed head as a ladder with the head on
 * top, each node with its sibling. Units are pixels.
 *
 * @param broken the first link that does not hold; null if all of them hold
 */
public record MerklePicture(
    int width, int height, List<Box> boxes, List<Edge> edges, @Nullable Broken broken) {

  private static final int ROW = 64;
  private static final int BOX_WIDTH = 100;
  private static final int BOX_HEIGHT = 40;
  private static final int OWN = 160;
  private static final int LEFT = 52;
  private static final int RIGHT = 268;
  private static final int SHOWN = 9;

  /**
   * Is the box of one hash.
   *
   * @param kind record, anchor, leaf, node, sibling or head
   * @param height height of the first anchor below a node; the tree's size for the head
   */
  public record Box(int x, int y, String kind, int level, long height, String hash, boolean wrong) {

    public int width() {
      return BOX_WIDTH;
    }

    public int rows() {
      return BOX_HEIGHT;
    }

    public int middle() {
      return x + BOX_WIDTH / 2;
    }
  }

  public record Edge(int x1, int y1, int x2, int y2, boolean broken) {

    public int middleX() {
      return (x1 + x2) / 2;
    }

    public int middleY() {
      return (y1 + y2) / 2;
    }
  }

  /**
   * Describes a link that does not hold.
   *
   * @param kind what the link leads to: record, leaf, node, head or signature
   * @param follows the hash that follows from below
   * @param stored the hash that is stored there
   */
  public record Broken(String kind, int level, long height, String follows, String stored) {}

  /**
   * Lays out the ladder.
   *
   * @param verificationFailure why the record is not verified; null if it is verified
   */
  public static MerklePicture of(
      AnchorTrace anchorTrace, @Nullable VerificationFailure verificationFailure) {
    return new Drawing(anchorTrace, verificationFailure).picture();
  }

  private static final class Drawing {

    private final AnchorTrace anchorTrace;
    private final @Nullable VerificationFailure verificationFailure;
    private final int rows;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private @Nullable Broken broken;

    Drawing(AnchorTrace anchorTrace, @Nullable VerificationFailure verificationFailure) {
      this.anchorTrace = anchorTrace;
      this.verificationFailure = verificationFailure;
      this.rows = anchorTrace.links().size() + 3;
    }

    MerklePicture picture() {
      boolean differs =
          verificationFailure == VerificationFailure.ANCHOR_DIFFERS
              || verificationFailure == VerificationFailure.ANCHOR_BROKEN;
      addOwnBox(0, "record", 0, anchorTrace.anchored().height(), "", false);
      addOwnBox(1, "anchor", 0, anchorTrace.anchored().height(), "", differs);
      addEdge(0, OWN, differs, new Broken("record", 0, anchorTrace.anchored().height(), "", ""));
      for (int i = 0; i < anchorTrace.links().size(); i++) {
        addLink(i, anchorTrace.links().get(i));
      }
      addHead();
      return new MerklePicture(
          RIGHT + LEFT, rows * ROW, List.copyOf(boxes), List.copyOf(edges), broken);
    }

    private void addLink(int index, AnchorTrace.Link link) {
      int row = 2 + index;
      boolean last = index == anchorTrace.links().size() - 1;
      boolean headDiffers = last && anchorTrace.anchored().head().rootHash().equals(link.stored());
      boolean wrong = !link.holds() && !headDiffers;
      var kind = index == 0 ? "leaf" : "node";
      addOwnBox(row, kind, link.level(), link.height(), link.hash(), wrong);
      var here =
          new Broken(kind, link.level(), link.height(), link.hash(), String.valueOf(link.stored()));
      addEdge(row - 1, OWN, wrong, here);
      var sibling = link.sibling();
      if (sibling != null) {
        int centre = link.siblingLeft() ? LEFT : RIGHT;
        boxes.add(box(centre, row - 1, "sibling", link.level() - 1, link.height(), sibling, false));
        addEdge(row - 1, centre, wrong, here);
      }
    }

    private void addHead() {
      var head = anchorTrace.anchored().head();
      var top = anchorTrace.links().getLast();
      boolean other = !head.rootHash().equals(top.hash());
      boolean unsigned =
          verificationFailure == VerificationFailure.HEAD_NOT_SIGNED
              || verificationFailure == VerificationFailure.CHAIN_KEY_NOT_FOUND;
      addOwnBox(rows - 1, "head", top.level(), head.treeSize(), head.rootHash(), other || unsigned);
      addEdge(
          rows - 2,
          OWN,
          other || unsigned,
          new Broken(
              unsigned ? "signature" : "head",
              top.level(),
              head.treeSize(),
              top.hash(),
              head.rootHash()));
    }

    private void addOwnBox(
        int row, String kind, int level, long height, String hash, boolean wrong) {
      boxes.add(box(OWN, row, kind, level, height, hash, wrong));
    }

    private Box box(
        int centre, int row, String kind, int level, long height, String hash, boolean wrong) {
      return new Box(centre - BOX_WIDTH / 2, y(row), kind, level, height, brief(hash), wrong);
    }

    /** Adds a line from a box in {@code row} up to the box on the record's own way above it. */
    private void addEdge(int row, int centre, boolean wrong, Broken link) {
      edges.add(new Edge(centre, y(row), OWN, y(row + 1) + BOX_HEIGHT, wrong));
      if (wrong && broken == null) {
        broken = link;
      }
    }

    private int y(int row) {
      return (rows - 1 - row) * ROW + (ROW - BOX_HEIGHT) / 2;
    }

    private static String brief(String hash) {
      return hash.length() <= SHOWN ? hash : hash.substring(0, SHOWN) + "…";
    }
  }
}
