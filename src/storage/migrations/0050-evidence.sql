-- Up Migration
-- Complete subtrees of the evidence log, so that a root or a proof reads some dozens of rows and not the whole log.
-- Level 0 are the leaves themselves (log_leaves.leaf_hash); node (level, idx) covers leaves [idx * 2^level, (idx + 1) * 2^level).

create table log_nodes (
  level int not null check (level > 0),
  idx bigint not null,
  hash text not null,
  primary key (level, idx)
);
