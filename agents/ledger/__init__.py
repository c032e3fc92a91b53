"""What servers keep, and how a client checks it: hashes, Merkle trees and their proofs."""
